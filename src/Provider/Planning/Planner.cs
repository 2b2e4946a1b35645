using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;
using Attribute = Causeway.Provider.Schemas.Attribute;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Planning;

/// <summary>
/// What a resource will be: the configuration wins; what it leaves to the cloud keeps its prior value or is unknown; what only the provider's documentation
/// tells (defaults, replacement) comes from the traits.
/// </summary>
/// <param name="block">The resource type's schema.</param>
internal sealed class Planner(Block block, TypeTraits traits)
{
    /// <summary>
    /// Whether plans may differ from the configuration where it is silent and the schema promises nothing: the real provider's types on the older SDK do the
    /// same.
    /// </summary>
    public bool Legacy { get; } = traits.Defaults.Count > 0 || HasComputedBlocks(block);

    /// <param name="prior">The present values; null where the resource does not exist yet.</param>
    /// <param name="config">As written, with null for what is not.</param>
    /// <param name="known">Values of the resource's own that are known before it is applied, such as merged tags.</param>
    public Value Plan(Value prior, Value config, IReadOnlyDictionary<string, Value> known)
    {
        var planned = Members(block, prior, config, "", known);

        if (prior.IsNull || planned == prior)
        {
            return planned;
        }

        var renewed = Renewed(prior, planned).ToHashSet();

        return Value.Object(((Value.Mapping)planned).Members.Select(member =>
            KeyValuePair.Create(member.Key, renewed.Contains(member.Key) && config[member.Key].IsNull ? Value.Unknown : member.Value)));
    }

    // What the cloud sets again on a change: what always is (`version when publish`: as long as that argument is set), and what hangs on an argument that now
    // holds, or holds no more.
    private IEnumerable<string> Renewed(Value prior, Value planned) =>
        traits.OnUpdate.Select(entry => entry.Split(" when ")).Where(entry => entry is [_] || Condition.Holds(entry[1], planned)).Select(entry => entry[0])
            .Concat(traits.ValuesWhen.Where(when => Condition.Holds(when.Key, prior) != Condition.Holds(when.Key, planned)).SelectMany(when => when.Value.Keys))
            .Where(name => block.Attributes.TryGetValue(name, out var attribute) && attribute.Computed);

    /// <summary>The attributes whose change from <paramref name="prior"/> to <paramref name="planned"/> makes a new resource.</summary>
    public IEnumerable<IReadOnlyList<object>> Replaced(Value prior, Value planned)
    {
        if (prior.IsNull || planned.IsNull)
        {
            return [];
        }

        string[] paths = [.. traits.Replace, .. block.Attributes.ContainsKey("region") ? ["region"] : Array.Empty<string>()];

        return paths.Select(path => Differs(prior, planned, block.Type, path.Split('.'), [])).OfType<IReadOnlyList<object>>();
    }

    private Value Members(Block block, Value prior, Value config, string path, IReadOnlyDictionary<string, Value>? known)
    {
        var members = new Dictionary<string, Value>();

        foreach (var (name, attribute) in block.Attributes)
        {
            members[name] = known is not null && known.TryGetValue(name, out var value)
                ? value
                : Attribute(attribute, prior.IsNull ? null : prior[name], config[name], Join(path, name));
        }

        foreach (var (name, nested) in block.Blocks)
        {
            members[name] = Blocks(nested, prior[name], config[name], Join(path, name));
        }

        return Value.Object(members);
    }

    // The prior value is null where there is no prior object at all.
    private Value Attribute(Attribute attribute, Value? prior, Value config, string path)
    {
        if (attribute.WriteOnly)
        {
            return Value.Null;
        }

        if (!config.IsNull)
        {
            return attribute.Nested is { } nested ? Nested(nested.Nesting, nested.Block, prior ?? Value.Null, config, path) : config;
        }

        if (traits.Defaults.TryGetValue(path, out var value))
        {
            return value.Conform(attribute.Type);
        }

        return attribute.Computed ? prior ?? Value.Unknown : Value.Null;
    }

    private Value Blocks(NestedBlock nested, Value prior, Value config, string path) =>
        nested.Computed && IsEmpty(config) && !IsEmpty(prior) ? prior : Nested(nested.Nesting, nested.Block, prior, config, path);

    private Value Nested(Nesting nesting, Block content, Value prior, Value config, string path)
    {
        if (config.IsNull || config.IsUnknown)
        {
            return config;
        }

        switch (nesting)
        {
            case Nesting.Single:
                return Members(content, prior, config, path, null);
            case Nesting.List:
                return Value.List(config.Items.Select((item, position) => Item(item, position < prior.Items.Count ? prior.Items[position] : Value.Null)));
            case Nesting.Set:
                var left = prior.Items.ToList();

                return Value.Set(config.Items.Select(item =>
                {
                    // The element it was, if everything the configuration says of it is as it was.
                    var same = left.Find(candidate => Fits(candidate, Members(content, Value.Null, item, path, null)));
                    _ = same is not null && left.Remove(same);

                    return Item(item, same ?? Value.Null);
                }));
            default:
                return Value.Object(((Value.Mapping)config).Members.Select(member => KeyValuePair.Create(member.Key, Item(member.Value, prior[member.Key]))));
        }

        Value Item(Value item, Value before) => item.IsUnknown || item.IsNull ? item : Members(content, before, item, path, null);
    }

    // Whether a value could be what is planned: equal wherever the plan knows.
    private static bool Fits(Value value, Value planned) => planned switch
    {
        Value.UnknownValue => true,
        Value.Mapping mapping => value is Value.Mapping && mapping.Members.All(member => Fits(value[member.Key], member.Value)),
        Value.Sequence sequence => value is Value.Sequence other
            && other.Contents.Count == sequence.Contents.Count
            && sequence.Contents.Zip(other.Contents).All(pair => Fits(pair.Second, pair.First)),
        _ => value == planned,
    };

    private static List<object>? Differs(Value prior, Value planned, ValueType type, ReadOnlySpan<string> path, List<object> walked)
    {
        if (prior == planned)
        {
            return null;
        }

        if (path.IsEmpty || prior is Value.NullValue || planned is Value.NullValue or Value.UnknownValue)
        {
            return walked;
        }

        // Paths of traits go through lists, sets and maps without naming the element.
        var elements = (prior, planned) switch
        {
            (Value.Sequence before, Value.Sequence after) when before.Contents.Count == after.Contents.Count =>
                before.Contents.Zip(after.Contents).Select((pair, position) => (Step: (object)position, pair.First, pair.Second)),
            (Value.Mapping before, Value.Mapping after) when type.Kind is "map" && before.Members.Keys.SequenceEqual(after.Members.Keys) =>
                before.Members.Select(member => (Step: (object)member.Key, member.Value, after[member.Key])),
            _ => null,
        };

        if (elements is null)
        {
            return type.Kind is "object" && type.Attributes.TryGetValue(path[0], out var attribute)
                ? Differs(prior[path[0]], planned[path[0]], attribute, path[1..], [.. walked, path[0]])
                : walked;
        }

        foreach (var (step, before, after) in elements)
        {
            if (Differs(before, after, type.Element!, path, [.. walked, step]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool IsEmpty(Value value) => value.IsNull || value is Value.Sequence { Contents.Count: 0 };

    private static bool HasComputedBlocks(Block block) => block.Blocks.Values.Any(nested => nested.Computed || HasComputedBlocks(nested.Block));

    private static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";
}
