using System.Globalization;
using Causeway.Provider.Planning;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Rules;

/// <summary>Holds a configuration against the rules of its type. What is not known yet is never refused.</summary>
internal static class RuleEvaluation
{
    private const string Combination = "Invalid combination of arguments";

    /// <param name="type">The resource type, whose page in the registry documents a rule that names no other page.</param>
    /// <param name="rules">Those of the traits that count now.</param>
    public static IEnumerable<Fault> Of(string type, Value config, TypeTraits traits, IReadOnlyList<Rule> rules) =>
        from rule in rules
        from subject in RuleSubject.At(rule.In, config, traits.Defaults)
        where rule.When.All(condition => RuleCondition.Holds(condition, subject))
        from fault in Faults(rule, subject)
        select fault with { Detail = $"{fault.Detail} See {rule.Docs ?? Page(type)}." };

    /// <summary>A type's page in the registry.</summary>
    public static string Page(string type) =>
        $"https://registry.terraform.io/providers/hashicorp/{type[..type.IndexOf('_')]}/latest/docs/resources/{type[(type.IndexOf('_') + 1)..]}";

    private static IEnumerable<Fault> Faults(Rule rule, RuleSubject subject) => rule.Check switch
    {
        RuleCheck.Conflicts or RuleCheck.ExactlyOneOf or RuleCheck.AtLeastOneOf or RuleCheck.Together or RuleCheck.Requires or RuleCheck.Forbids =>
            Counted(rule, subject),
        RuleCheck.Ascending => Ascending(rule, subject),
        RuleCheck.Distinct => Distinct(rule, subject),
        RuleCheck.Among or RuleCheck.SameAs => Compared(rule, subject),
        _ => Demanded(rule, subject),
    };

    private static IEnumerable<Fault> Counted(Rule rule, RuleSubject subject)
    {
        string[] set = [.. rule.Arguments.Where(argument => subject.IsSet(argument) is true)];
        string[] unset = [.. rule.Arguments.Where(argument => (rule.Check is RuleCheck.Requires ? subject.IsOn(argument) : subject.IsSet(argument)) is false)];
        var all = Names(rule.Arguments);
        var wrong = (rule.Check, set.Length, unset.Length) switch
        {
            (RuleCheck.Conflicts or RuleCheck.ExactlyOneOf, > 1, _) => $"{Names(set)} exclude each other: keep one of them.",
            (RuleCheck.ExactlyOneOf or RuleCheck.AtLeastOneOf, 0, var missing) when missing == rule.Arguments.Count =>
                $"One of {all} must be set{When(rule)}, and none is.",
            (RuleCheck.Together, > 0, > 0) => $"{Names(set)} {(set is [_] ? "needs" : "need")} {Names(unset)} as well.",
            (RuleCheck.Requires, _, > 0) => $"{Names(unset)} must be set{When(rule)}.",
            (RuleCheck.Forbids, > 0, _) => $"{Names(set)} must not be set{When(rule)}.",
            _ => null,
        };

        return wrong is null
            ? []
            : [new Fault(set is [.., var last] ? [.. subject.Path, last.Split('.')[0]] : subject.Path, Combination, Sentences(wrong, rule.Says))];
    }

    private static IEnumerable<Fault> Ascending(Rule rule, RuleSubject subject)
    {
        (string Name, decimal Number)[] known = [
            .. rule.Arguments.Select(argument => (argument, Number(subject.Effective(argument))))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.argument, pair.Item2!.Value))
        ];

        return known.Zip(known.Skip(1)).Where(pair => pair.First.Number > pair.Second.Number).Select(pair => new Fault(
            [.. subject.Path, pair.Second.Name],
            Combination,
            Sentences($"\"{pair.First.Name}\" ({pair.First.Number}) must not be greater than \"{pair.Second.Name}\" ({pair.Second.Number}).", rule.Says)));
    }

    private static IEnumerable<Fault> Distinct(Rule rule, RuleSubject subject)
    {
        var seen = new HashSet<string>();

        return rule.Arguments.SelectMany(subject.Items).Where(found => RuleSubject.AsText(found.Value) is { } text && !seen.Add(text)).Select(found =>
            new Fault(found.Path, $"Duplicate {Name(found.Path)}", Sentences($"\"{RuleSubject.AsText(found.Value)}\" occurs more than once.", rule.Says)));
    }

    private static IEnumerable<Fault> Compared(Rule rule, RuleSubject subject)
    {
        var argument = rule.Arguments[0];
        (Value Value, IReadOnlyList<object> Path)[] own = [.. subject.Items(argument)];
        Value[] others = [.. rule.Demand.Texts.SelectMany(subject.Items).Select(found => found.Value)];
        var (have, want) = (Texts(own.Select(found => found.Value)), Texts(others));
        var all = Names(rule.Demand.Texts);

        // What is unknown may turn out to be what is missing.
        if (!others.Any(value => value.IsUnknown))
        {
            foreach (var (value, path) in own.Where(found => RuleSubject.AsText(found.Value) is { Length: > 0 } text && !want.Contains(text)))
            {
                yield return new Fault(
                    path, $"Invalid value for {argument}", Sentences($"\"{RuleSubject.AsText(value)}\" is not among the values of {all}.", rule.Says));
            }
        }

        if (rule.Check is RuleCheck.SameAs && !own.Any(found => found.Value.IsUnknown) && want.Except(have).ToArray() is [_, ..] missing)
        {
            yield return new Fault(
                [.. subject.Path, argument.Split('.')[0]],
                $"Missing {argument}",
                Sentences($"{Names(missing)} {(missing is [_] ? "is" : "are")} used in {all}, and not in \"{argument}\".", rule.Says));
        }
    }

    private static IEnumerable<Fault> Demanded(Rule rule, RuleSubject subject) =>
        (rule.Check is RuleCheck.Length ? subject.All(rule.Arguments[0]) : subject.Items(rule.Arguments[0]))
            .Select(found => (found.Path, Wrong: Wrong(rule, found.Value), found.Value))
            .Where(found => found.Wrong is not null)
            .Select(found => new Fault(
                found.Path, $"Invalid value for {Name(found.Path)}", Sentences($"{Shown(found.Value)} {found.Wrong}{When(rule)}.", rule.Says)));

    private static string? Wrong(Rule rule, Value value) => (rule.Check, value) switch
    {
        (_, Value.NullValue or Value.UnknownValue) => null,
        (RuleCheck.Matches, Value.Text text) => rule.Demand.Pattern!.IsMatch(text.Content) ? null : $"does not match {rule.Demand.Pattern}",
        (RuleCheck.OneOf, _) when RuleSubject.AsText(value) is { } text =>
            rule.Demand.Texts.Contains(text) ? null : $"must be one of {string.Join(", ", rule.Demand.Texts)}",
        (RuleCheck.Range, _) when Number(value) is { } number => rule.Demand.Contains(number) ? null : $"must be {rule.Demand.Bounds}",
        (RuleCheck.Length, Value.Text text) =>
            rule.Demand.Contains(text.Content.EnumerateRunes().Count()) ? null : $"must have {rule.Demand.Bounds} characters",
        (RuleCheck.Length, Value.Sequence items) => rule.Demand.Contains(items.Contents.Count) ? null : $"must have {rule.Demand.Bounds} items",
        (RuleCheck.Bits, Value.Text { Content: var text }) when text.Split('/') is [_, var bits]
            && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) =>
            rule.Demand.Contains(length) ? null : $"must have a prefix length of {rule.Demand.Bounds}",
        _ => null,
    };

    private static decimal? Number(Value value) => decimal.TryParse(
        RuleSubject.AsText(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

    private static HashSet<string> Texts(IEnumerable<Value> values) => [.. values.Select(RuleSubject.AsText).OfType<string>().Where(text => text is not "")];

    private static string Shown(Value value) =>
        value is Value.Text text ? $"\"{text.Content}\"" : RuleSubject.AsText(value) ?? $"The list of {value.Items.Count}";

    private static string Name(IReadOnlyList<object> path) => path.OfType<string>().LastOrDefault() ?? "the resource";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    // Where a rule holds only under conditions, the message names those that are about other arguments.
    private static string When(Rule rule) =>
        rule.When.Where(condition => !rule.Arguments.Contains(condition)).Select(Words).ToArray() is [_, ..] words
            ? $" when {string.Join(" and ", words)}"
            : "";

    private static string Words(string condition) => condition.Split('=', 2) switch
    {
        [var argument, var values] when argument.EndsWith('!') => $"\"{argument[..^1]}\" is not {values.Replace("|", " or ", StringComparison.Ordinal)}",
        [var argument, var values] => $"\"{argument}\" is {values.Replace("|", " or ", StringComparison.Ordinal)}",
        _ => condition.StartsWith('!') ? $"\"{condition[1..]}\" is not set" : $"\"{condition}\" is set",
    };

    private static string Sentences(string wrong, string? says) => says is null ? wrong : $"{wrong} {says}";
}
