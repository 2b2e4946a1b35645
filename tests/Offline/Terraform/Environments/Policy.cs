using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>An IAM policy as AWS evaluates it, as far as this repository's policies go: what it does not know, it refuses to judge.</summary>
internal sealed class Policy(JsonObject document)
{
    private static readonly string[] Known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

    public IReadOnlyList<JsonObject> Statements { get; } = [.. document["Statement"] switch
    {
        JsonArray list => list.Select(statement => Checked(statement!.AsObject())),
        { } one => [Checked(one.AsObject())],
        null => [],
    }];

    public IEnumerable<string> Actions => Statements.SelectMany(statement => Texts(statement["Action"]));

    public static Policy Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    /// <param name="context">What the request says of itself: <c>kms:ViaService</c>.</param>
    public bool Allows(string action, string resource, IReadOnlyDictionary<string, string> context) => Statements.Any(statement =>
        Texts(statement["Action"]).Any(pattern => Matches(pattern, action))
        && Texts(statement["Resource"]).Any(pattern => Matches(pattern, resource))
        && Holds(statement["Condition"], context));

    /// <summary>Whether a role with this trust policy may be taken by a service that says this of itself.</summary>
    public bool Trusts(string service, IReadOnlyDictionary<string, string> context) => Statements.Any(statement =>
        Texts(statement["Action"]).Contains("sts:AssumeRole")
        && Texts(statement["Principal"]?["Service"]).Contains(service)
        && Holds(statement["Condition"], context));

    private static JsonObject Checked(JsonObject statement) =>
        (string?)statement["Effect"] is "Allow" && statement.All(pair => Known.Contains(pair.Key))
            ? statement
            : throw new NotSupportedException($"This statement cannot be evaluated here, extend Policy.cs: {statement.ToJsonString()}");

    private static bool Holds(JsonNode? condition, IReadOnlyDictionary<string, string> context) => (condition as JsonObject ?? []).All(test =>
        test.Value!.AsObject().All(pair => context.TryGetValue(pair.Key, out var said) && Texts(pair.Value).Any(value => test.Key switch
        {
            "StringEquals" => value == said,
            "ArnLike" => Matches(value, said),
            _ => throw new NotSupportedException($"The condition {test.Key} cannot be evaluated here, extend Policy.cs."),
        })));

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonArray list => list.Select(text => (string)text!),
        JsonValue text => [(string)text!],
        _ => [],
    };

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$");
}
