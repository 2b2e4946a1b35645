using Causeway.Provider.Values;

namespace Causeway.Provider.Rules;

/// <summary>The object that a rule is about: a resource's arguments, or one element of a block in them.</summary>
/// <param name="Values">Its members.</param>
/// <param name="Path">Where it stands: a string is an attribute, a number an index.</param>
/// <param name="Block">The path of its block in the traits' way, without positions; empty for the resource itself.</param>
/// <param name="Defaults">What holds where the configuration is silent, by path from the resource.</param>
internal sealed record RuleSubject(Value Values, IReadOnlyList<object> Path, string Block, IReadOnlyDictionary<string, Value> Defaults)
{
    /// <summary>Every object at a block's path.</summary>
    public static IEnumerable<RuleSubject> At(string block, Value config, IReadOnlyDictionary<string, Value> defaults) =>
        Walk(config, [], block is "" ? Array.Empty<string>() : block.Split('.'))
            .SelectMany(found => found.Value is Value.Sequence elements
                ? elements.Contents.Select((element, position) => (Value: element, Path: (IReadOnlyList<object>)[.. found.Path, (long)position]))
                : [found])
            .Where(found => found.Value is Value.Mapping)
            .Select(found => new RuleSubject(found.Value, found.Path, block, defaults));

    /// <summary>An argument as it is written, or its default.</summary>
    public Value Effective(string argument)
    {
        var value = All(argument) switch
        {
            [] => Value.Null,
            [var only] => only.Value,
            var many when many.Any(found => found.Value.IsUnknown) => Value.Unknown,
            var many => many.Select(found => found.Value).FirstOrDefault(found => !found.IsNull) ?? Value.Null,
        };

        return value.IsNull && Defaults.TryGetValue(Block is "" ? argument : $"{Block}.{argument}", out var silent) ? silent : value;
    }

    /// <summary>Whether an argument is written: null where that is not known yet. Empty lists, maps and texts count as not written.</summary>
    public bool? IsSet(string argument)
    {
        var found = All(argument);

        return found.Any(one => IsGiven(one.Value)) ? true
            : found.Any(one => one.Value.IsUnknown) ? null
            : false;

        static bool IsGiven(Value value) => value is not (
            Value.NullValue
            or Value.UnknownValue
            or Value.Text { Content: "" }
            or Value.Sequence { Contents.Count: 0 }
            or Value.Mapping { Members.Count: 0 });
    }

    /// <summary>Whether an argument, or its default, is set and neither false nor empty: null where that is not known yet.</summary>
    public bool? IsOn(string argument) => Effective(argument) switch
    {
        Value.UnknownValue => null,
        Value.NullValue or Value.Text { Content: "" } or Value.Sequence { Contents.Count: 0 } or Value.Mapping { Members.Count: 0 } => false,
        Value.Bool flag => flag.Content,
        _ => true,
    };

    /// <summary>Every value at an argument's path, through blocks and lists, with where it stands.</summary>
    public IReadOnlyList<(Value Value, IReadOnlyList<object> Path)> All(string argument) => [.. Walk(Values, Path, argument.Split('.'))];

    /// <summary>Like <see cref="All"/>, with the items of a list or set one by one.</summary>
    public IEnumerable<(Value Value, IReadOnlyList<object> Path)> Items(string argument) =>
        All(argument).SelectMany(found => found.Value is Value.Sequence sequence
        ? sequence.Contents.Select((item, position) => (item, (IReadOnlyList<object>)[.. found.Path, (long)position]))
        : [found]);

    /// <summary>A text, number or boolean as configurations write it; null for all else.</summary>
    public static string? AsText(Value value) => value switch
    {
        Value.Text text => text.Content,
        Value.Number number => number.Digits,
        Value.Bool flag => flag.Content ? "true" : "false",
        _ => null,
    };

    private static IEnumerable<(Value Value, IReadOnlyList<object> Path)> Walk(Value value, IReadOnlyList<object> path, ReadOnlyMemory<string> steps) =>
        (value, steps.Length) switch
        {
            (_, 0) => [(value, path)],
            (Value.UnknownValue, _) => [(Value.Unknown, path)],
            (Value.Sequence sequence, _) => sequence.Contents.SelectMany((item, position) => Walk(item, [.. path, (long)position], steps)),
            (Value.Mapping mapping, _) => Walk(mapping[steps.Span[0]], [.. path, steps.Span[0]], steps[1..]),
            _ => [],
        };
}
