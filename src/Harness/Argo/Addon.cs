using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Harness.Argo;

/// <summary>What every cluster of Kubernetes runs beside workloads: a folder of <c>argocd/platform</c>.</summary>
/// <param name="Name">The folder's.</param>
/// <param name="ClusterKinds">Kinds of objects in no namespace that its chart makes, <c>group/Kind</c>.</param>
public sealed record Addon(string Name, string Repository, string Chart, string Version, string Namespace, IReadOnlyList<string> ClusterKinds)
{
    /// <summary>Where they lie, below the repository's root.</summary>
    public const string Folder = "argocd/platform";

    /// <summary>All of a tree, in order of name; empty where it has none.</summary>
    /// <exception cref="InvalidDataException">A folder has no <c>addon.yaml</c> or no <c>values.yaml</c>, or the former does not fit its schema.</exception>
    public static IReadOnlyList<Addon> All(Repository repository) =>
        Directory.Exists(repository.PathTo(Folder))
            ? [.. Directory.GetDirectories(repository.PathTo(Folder)).Order(StringComparer.Ordinal).Select(folder => Load(repository, folder))]
            : [];

    private static Addon Load(Repository repository, string folder)
    {
        if (new[] { "addon.yaml", "values.yaml" }.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is { } needed)
        {
            throw new InvalidDataException($"{Path.GetRelativePath(repository.Root, folder)} lacks {needed}: an add-on is addon.yaml and values.yaml.");
        }

        var file = Path.Combine(folder, "addon.yaml");
        var document = Yaml.LoadFile(file);

        if (DocumentSchema.Load(repository.Root, "addon").Problems(document) is { Count: > 0 } problems)
        {
            throw new InvalidDataException($"{Path.GetRelativePath(repository.Root, file)}: {string.Join("; ", problems)}.");
        }

        var addon = document["addon"]!.AsObject();

        return new(
            Path.GetFileName(folder),
            Text(addon, "repository"),
            Text(addon, "chart"),
            Text(addon, "version"),
            Text(addon, "namespace"),
            [.. addon["clusterKinds"]!.AsArray().Select(kind => (string)kind!)]);
    }

    private static string Text(JsonObject addon, string field) => (string)addon[field]!;
}
