using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Diffs;

/// <summary>Compares what Argo CD would make of two trees.</summary>
internal static class ClusterComparison
{
    /// <param name="before">Null: the environment was not there, or had no cluster.</param>
    /// <param name="after">Null: it is gone.</param>
    public static ClusterDiff Between(string environment, ClusterRendering? before, ClusterRendering? after)
    {
        var (was, now) = (ByName(before), ByName(after));
        var secrets = new Secrets(was.Values.Concat(now.Values).SelectMany(one => one.Manifests).Select(item => item.Json));
        ApplicationDiff[] changed =
        [
            .. was.Keys.Union(now.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name => Between($"{environment}/{name}", was.GetValueOrDefault(name), now.GetValueOrDefault(name), secrets))
                .OfType<ApplicationDiff>()
                .OrderBy(one => one.Kind),
        ];

        return new(environment, changed, was.Keys.Union(now.Keys).Count() - changed.Length, [.. now.Keys.Select(name => $"{environment}/{name}")]);
    }

    private static ApplicationDiff? Between(string name, RenderedApplication? before, RenderedApplication? after, Secrets secrets)
    {
        var (old, current) = secrets.Without(before?.Application.Json, after?.Application.Json);
        var lines = old is null || current is null ? [] : ManifestDiff.Between(old, current);
        ObjectDiff[] objects = [.. Objects(ByAddress(before), ByAddress(after), secrets)];
        var whole = after ?? before!;

        return (before, after) switch
        {
            (null, _) => new(DiffKind.Added, name, whole.Application.From, [], objects, whole.Skipped),
            (_, null) => new(DiffKind.Removed, name, whole.Application.From, [], objects, whole.Skipped),
            _ when lines is [] && objects is [] => null,
            _ => new(DiffKind.Changed, name, whole.Application.From, lines, objects, whole.Skipped),
        };
    }

    private static IEnumerable<ObjectDiff> Objects(Dictionary<string, JsonObject> before, Dictionary<string, JsonObject> after, Secrets secrets)
    {
        foreach (var address in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(address), after.GetValueOrDefault(address));

            if (was is null || now is null)
            {
                yield return new(was is null ? DiffKind.Added : DiffKind.Removed, address, []);
            }
            else if (!JsonNode.DeepEquals(was, now))
            {
                var (shown, current) = secrets.Without(was, now);
                var lines = ManifestDiff.Between(shown!, current!);
                yield return new(DiffKind.Changed, address, lines is [] ? ["(sensitive, changed)"] : lines);
            }
        }
    }

    private static Dictionary<string, RenderedApplication> ByName(ClusterRendering? cluster) =>
        (cluster?.Applications ?? []).ToDictionary(one => one.Name, StringComparer.Ordinal);

    // An application that follows another's folder shows ApplicationSets by what they make, and applications by themselves.
    private static Dictionary<string, JsonObject> ByAddress(RenderedApplication? application) =>
        (application?.Manifests ?? [])
            .Where(item => item is not { IsOfArgo: true, Kind: "Application" })
            .GroupBy(item => Address(item, application!.Namespace))
            .ToDictionary(same => same.Key, same => same.Last().Json, StringComparer.Ordinal);

    private static string Address(Manifest item, string target)
    {
        var group = (string?)item.Json["apiVersion"] is { } version && version.Contains('/', StringComparison.Ordinal) ? $".{version.Split('/')[0]}" : "";

        return $"{item.Kind}{(item.IsOfArgo ? "" : group)} {(string?)item.Json["metadata"]?["namespace"] ?? target}/{(string?)item.Json["metadata"]?["name"]}";
    }
}
