using Causeway.Provider.Values;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Schemas;

/// <summary>How often what is nested may stand there: once, in a list, in a set, or under keys.</summary>
internal enum Nesting
{
    Single,
    List,
    Set,
    Map,
}

/// <summary>The content of a resource, a data source, a provider's configuration, or of a block in one of them.</summary>
internal sealed record Block(IReadOnlyDictionary<string, Attribute> Attributes, IReadOnlyDictionary<string, NestedBlock> Blocks)
{
    /// <summary>The type of its values: every attribute and block is a member.</summary>
    public ValueType Type { get; } = ValueType.Object(
        Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value.Type))
            .Concat(Blocks.Select(block => KeyValuePair.Create(block.Key, block.Value.Type)))
            .ToDictionary());
}

/// <summary>An argument or a read-only attribute.</summary>
/// <param name="Type">Of its value.</param>
/// <param name="Nested">Where its members are optional or computed one by one (written with <c>=</c>): what they are, otherwise null.</param>
internal sealed record Attribute(ValueType Type, bool Required, bool Optional, bool Computed, bool Sensitive, bool WriteOnly, NestedAttributes? Nested)
{
    /// <summary>Only the cloud sets it.</summary>
    public bool ReadOnly => Computed && !Optional;
}

/// <summary>The members of a nested attribute, and how they are nested.</summary>
internal sealed record NestedAttributes(Nesting Nesting, Block Block);

/// <summary>A nested block.</summary>
/// <param name="Max">How many there may be; null where any number.</param>
/// <param name="Computed">Whether the cloud fills it in where the configuration leaves it out.</param>
internal sealed record NestedBlock(Nesting Nesting, Block Block, int Min, int? Max, bool Computed)
{
    public ValueType Type { get; } = NestedTypes.Wrap(Nesting, Block.Type);
}

internal static class NestedTypes
{
    public static ValueType Wrap(Nesting nesting, ValueType content) => nesting switch
    {
        Nesting.List => ValueType.List(content),
        Nesting.Set => ValueType.Set(content),
        Nesting.Map => ValueType.Map(content),
        _ => content,
    };
}
