using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>One change of a simulated cloud behind Terraform's back.</summary>
/// <param name="Resource">Name of the stack's plan and address: <c>dev/foundation:aws_vpc.this</c>.</param>
/// <param name="Set">Attributes with their new values; null: the resource is deleted.</param>
public sealed record SeededDrift(string Resource, JsonObject? Set)
{
    /// <summary>Reads a file of them: a list, each with <c>resource</c>, and <c>set</c> (a map) or <c>deleted: true</c>.</summary>
    /// <exception cref="UsageException">The file is not there, or has another form.</exception>
    public static IReadOnlyList<SeededDrift> Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"--seed: there is no file {file}.", "Name a file with what changes in the simulated cloud; docs/terraform.md, “Drift”.");
        }

        return [.. Yaml.Load(File.ReadAllText(file)).SelectMany(Items).Select((entry, index) => Read(entry, $"{file}: entry {index + 1}"))];
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? document) => document is JsonArray list ? list : [document];

    private static SeededDrift Read(JsonNode? entry, string place) => entry switch
    {
        JsonObject fields when fields.Any(field => field.Key is not ("resource" or "set" or "deleted")) => throw Refused(place),
        JsonObject fields when fields["resource"] is JsonValue name && fields["set"] is JsonObject set && fields["deleted"] is null =>
            new($"{name}", set.DeepClone().AsObject()),
        JsonObject fields when fields["resource"] is JsonValue name && fields["set"] is null && $"{fields["deleted"]}" is "true" => new($"{name}", null),
        _ => throw Refused(place),
    };

    private static UsageException Refused(string place) => new(
        $"--seed: {place} is not a change.", "Write `resource: dev/foundation:aws_vpc.this`, and `set: { enable_dns_support: false }` or `deleted: true`.");
}
