using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Policies.Iam;

/// <summary>
/// A whole IAM policy as AWS evaluates it, as far as this repository's policies go: what it does not know, it refuses to judge.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
/// <exception cref="NotSupportedException">A statement refuses, or has a part that is not known here.</exception>
public sealed class PolicyDocument(JsonObject document)
{
    private static readonly string[] Known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

    private readonly JsonObject[] statements = [.. document["Statement"] switch
    {
        JsonArray list => list.Select(statement => Checked(statement!.AsObject())),
        { } one => [Checked(one.AsObject())],
        null => [],
    }];

    /// <summary>Every action that a statement names.</summary>
    public IEnumerable<string> Actions => statements.SelectMany(statement => Texts(statement["Action"]));

    /// <summary>Each action on each resource that it allows without a condition, as the statements name them.</summary>
    public IEnumerable<(string Action, string Resource)> Grants =>
        from statement in statements
        where statement["Condition"] is null
        from action in Texts(statement["Action"])
        from resource in Texts(statement["Resource"])
        select (action, resource);

    /// <summary>The values of a condition's key, over all statements. Example: <c>kms:ViaService</c>.</summary>
    public IEnumerable<string> ValuesOf(string key) => statements
        .SelectMany(statement => statement["Condition"] as JsonObject ?? [])
        .SelectMany(test => Texts(test.Value?[key]));

    public static PolicyDocument Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    /// <param name="context">What the request says of itself: <c>kms:ViaService</c>.</param>
    public bool Allows(string action, string resource, IReadOnlyDictionary<string, string> context) => statements.Any(statement =>
        Texts(statement["Action"]).Any(pattern => Matches(pattern, action))
        && Texts(statement["Resource"]).Any(pattern => Matches(pattern, resource))
        && Holds(statement["Condition"], context));

    /// <summary>Whether a role with this trust policy may be taken by a service that says this of itself.</summary>
    public bool Trusts(string service, IReadOnlyDictionary<string, string> context) => statements.Any(statement =>
        Texts(statement["Action"]).Contains("sts:AssumeRole")
        && Texts(statement["Principal"]?["Service"]).Contains(service)
        && Holds(statement["Condition"], context));

    /// <summary>Whether a pattern with <c>*</c> and <c>?</c> covers a text.</summary>
    public static bool Matches(string pattern, string text) => Regex.IsMatch(
        text, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$");

    private static JsonObject Checked(JsonObject statement) =>
        (string?)statement["Effect"] is "Allow" && statement.All(pair => Known.Contains(pair.Key))
            ? statement
            : throw new NotSupportedException($"This statement cannot be evaluated here, extend {nameof(PolicyDocument)}.cs: {statement.ToJsonString()}");

    private static bool Holds(JsonNode? condition, IReadOnlyDictionary<string, string> context) => (condition as JsonObject ?? []).All(test =>
        test.Value!.AsObject().All(pair => context.TryGetValue(pair.Key, out var said) && Texts(pair.Value).Any(value => test.Key switch
        {
            "StringEquals" => value == said,
            "ArnLike" => Matches(value, said),
            _ => throw new NotSupportedException($"The condition {test.Key} cannot be evaluated here, extend {nameof(PolicyDocument)}.cs."),
        })));

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonArray list => list.Select(text => (string)text!),
        JsonValue text => [(string)text!],
        _ => [],
    };
}
