using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Generators;

/// <summary>
/// The clusters that Argo CD knows, by their secrets. Its own cluster counts where nothing is selected, and then under the name <c>in-cluster</c> where
/// no secret describes it.
/// </summary>
internal sealed class ClustersGenerator : IGenerator
{
    private const string Own = "https://kubernetes.default.svc";

    public string Kind => "clusters";

    public Task<IReadOnlyList<JsonObject>> ParametersAsync(Place generator, GeneratorContext context, CancellationToken stop)
    {
        generator.ExpectOnly("selector", "values", "template");
        var selector = Selector.Of(generator.Part("selector"));
        var known = context.Clusters.Select(Parameters).OrderBy(cluster => (string?)cluster["name"], StringComparer.Ordinal).ToArray();
        IEnumerable<JsonObject> found = known.Where(cluster => selector.Matches(Labels(cluster)));

        return Generator.WithValuesAsync(
            [.. found, .. selector.IsEmpty && !known.Any(cluster => (string?)cluster["server"] is Own) ? [InCluster()] : Array.Empty<JsonObject>()],
            generator,
            context.Templates,
            stop);
    }

    private static JsonObject Parameters(JsonObject secret)
    {
        string Needed(string field) =>
            Data(secret, field) ?? throw new InvalidDataException($"Secret {secret["metadata"]?["name"]}: a cluster's secret needs data.{field}.");

        var name = Needed("name");
        var metadata = new JsonObject();

        foreach (var field in new[] { "annotations", "labels" })
        {
            if (secret["metadata"]?[field] is JsonObject { Count: > 0 } given)
            {
                metadata[field] = given.DeepClone();
            }
        }

        return new()
        {
            ["name"] = name,
            ["nameNormalized"] = Names.Normalized(name),
            ["server"] = Needed("server"),
            ["project"] = Data(secret, "project") ?? "",
            ["metadata"] = metadata,
        };
    }

    private static JsonObject InCluster() => new() { ["name"] = "in-cluster", ["nameNormalized"] = "in-cluster", ["server"] = Own, ["project"] = "" };

    private static Dictionary<string, string> Labels(JsonObject cluster) =>
        (cluster["metadata"]!["labels"] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "");

    private static string? Data(JsonObject secret, string field) =>
        (string?)secret["stringData"]?[field]
            ?? ((string?)secret["data"]?[field] is { } encoded ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded)) : null);
}
