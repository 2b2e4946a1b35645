namespace Causeway.ProviderSchemas;

/// <summary>What a resource, a block or the provider's configuration has below a name.</summary>
public abstract record MemberSchema;

/// <summary>An attribute.</summary>
/// <param name="Declaration">Flags out of <c>required optional computed sensitive writeonly</c>, then the type as Terraform writes it: <c>optional computed
/// set(string)</c>.</param>
public sealed record AttributeSchema(string Declaration) : MemberSchema;

/// <summary>A nested block, or an attribute whose members are optional or computed one by one.</summary>
/// <param name="Shape">
/// Of a block its nesting and count: <c>single</c>, <c>list 0..1</c>, <c>set 1..*</c>, <c>map</c>. Of an attribute <c>attribute NESTING FLAGS</c>: <c>attribute
/// list optional computed</c>.
/// </param>
public sealed record NestedSchema(string Shape, IReadOnlyDictionary<string, MemberSchema> Members) : MemberSchema
{
    /// <summary>A block that is there only where a configuration has it: none is asked for, and the cloud adds none.</summary>
    public bool IsOptionalBlock => Shape.Split(' ') is [not "attribute", .. var count] && !count.Contains("computed") && count is [] or [['0', ..]];
}
