using System.Text.RegularExpressions;

namespace Causeway.Harness.Policies.Iam;

/// <summary>
/// A statement of an IAM policy. A text that only the apply will tell, and that a resource of the plan decides, is <see cref="Computed"/>: an ARN or a name of
/// one thing, so not a wildcard. Format: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
/// </summary>
/// <param name="AllButActions">The actions are those that are left out (<c>NotAction</c>).</param>
/// <param name="AllButResources">The resources are those that are left out (<c>NotResource</c>).</param>
public sealed record Statement(
    string? Sid,
    bool Allows,
    IReadOnlyList<string> Actions,
    bool AllButActions,
    IReadOnlyList<string> Resources,
    bool AllButResources,
    IReadOnlyList<Principal> Principals,
    IReadOnlyList<Condition> Conditions)
{
    public const string Computed = "(known after apply)";

    // Operators that a value has to meet. One that holds where the key is missing (…IfExists), or where the value is another, limits nothing.
    private static readonly string[] Limiting = ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"];

    /// <summary>Whether it is about any resource, or any of a service: <c>*</c>, <c>arn:aws:s3:::*</c>.</summary>
    public bool IsOfAnyResource => AllButResources || Resources.Any(resource => resource is "*" || resource.Split(':', 6) is [_, _, _, _, _, "*"]);

    public override string ToString() => Sid is { Length: > 0 } ? $"statement {Sid}" : $"the statement about {string.Join(", ", Actions.Take(3))}";

    /// <summary>The actions of a list that it may concern.</summary>
    public IEnumerable<string> Concerns(IEnumerable<string> actions) =>
        actions.Where(action => Actions.Any(pattern => Matches(pattern, action)) != AllButActions);

    /// <summary>The condition on a key, whatever its operator.</summary>
    public IEnumerable<Condition> On(string variable) =>
        Conditions.Where(condition => string.Equals(condition.Variable, variable, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it holds only for some values of a key.</summary>
    public bool IsLimitedBy(string variable) => On(variable).Any(condition => Limiting.Contains(condition.Test) && !condition.Values.Contains("*"));

    /// <summary>Whether a pattern with <c>*</c> and <c>?</c> covers an action. Actions have no case.</summary>
    private static bool Matches(string pattern, string action) => Regex.IsMatch(
        action,
        $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$",
        RegexOptions.IgnoreCase);
}

/// <summary>Who a statement is about.</summary>
/// <param name="Type"><c>AWS</c>, <c>Service</c>, <c>Federated</c>, or <c>*</c> for anyone.</param>
public sealed record Principal(string Type, IReadOnlyList<string> Identifiers)
{
    /// <summary>Anyone at all.</summary>
    public bool IsAnyone => Type is "*" || (Type is "AWS" && Identifiers.Contains("*"));
}

/// <param name="Test">The operator: <c>StringEquals</c>.</param>
/// <param name="Variable">The key: <c>aws:SourceArn</c>.</param>
public sealed record Condition(string Test, string Variable, IReadOnlyList<string> Values);
