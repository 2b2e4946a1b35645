using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Argo;

/// <summary>
/// The labels and annotations on clusters' secrets, and who reads them: a name that is written and read nowhere travels for nothing, and is mostly one that is
/// misspelt at its other end. One that is read and not written fails where it is filled in.
/// </summary>
public static partial class ClusterFacts
{
    private const string OfArgo = "argocd.argoproj.io/";

    /// <summary>What each cluster file writes that no ApplicationSet, and no add-on, reads; empty where all is read.</summary>
    public static IReadOnlyList<string> Unread(Repository repository) => Unread(Files(repository));

    /// <inheritdoc cref="Unread(Repository)"/>
    /// <param name="files">See <see cref="Files"/>.</param>
    public static IReadOnlyList<string> Unread(IReadOnlyDictionary<string, string> files)
    {
        var read = Read(files).Select(fact => fact.Name).ToHashSet();

        return
        [
            .. from fact in Written(files)
               where !read.Contains(fact.Name)
               select $"{fact.File} has the fact {fact.Name}, which no file of argocd/bootstrap, argocd/appsets or " +
                   $"{Addon.Folder} reads: correct the name at one of its ends, or take it out of terraform/stacks/aws/gitops/argocd.tf",
        ];
    }

    /// <summary>What an ApplicationSet or an add-on reads that a cluster file does not write; empty where all is written.</summary>
    public static IReadOnlyList<string> Unwritten(Repository repository) => Unwritten(Files(repository));

    /// <inheritdoc cref="Unwritten(Repository)"/>
    /// <param name="files">See <see cref="Files"/>.</param>
    public static IReadOnlyList<string> Unwritten(IReadOnlyDictionary<string, string> files) =>
    [
        .. from cluster in Written(files).ToLookup(fact => fact.File, fact => fact.Name)
           from fact in Read(files)
           where !cluster.Contains(fact.Name)
           select $"{fact.File} reads the fact {fact.Name}, which {cluster.Key} does not have: correct the name at one of its ends, or write it in " +
               $"terraform/stacks/aws/gitops/argocd.tf; there are {string.Join(", ", cluster)}",
    ];

    /// <summary>The files that write facts or read them, relative to the repository, with their texts.</summary>
    public static IReadOnlyDictionary<string, string> Files(Repository repository) =>
        new[] { ClusterFile.Folder, "argocd/bootstrap", "argocd/appsets", Addon.Folder }
            .SelectMany(folder => Directory.GetFiles(repository.PathTo(folder), "*.yaml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(repository.Root, file), File.ReadAllText);

    /// <summary>Every fact of every cluster, but Argo CD's own.</summary>
    public static IReadOnlyList<(string File, string Name)> Written(IReadOnlyDictionary<string, string> files) =>
    [
        .. from file in files
           where file.Key.StartsWith($"{ClusterFile.Folder}/", StringComparison.Ordinal)
           from document in Yaml.Load(file.Value, file.Key)
           where document is JsonObject item && ClusterFile.IsCluster(item)
           from field in new[] { "labels", "annotations" }
           from fact in document["metadata"]?[field] as JsonObject ?? []
           where !fact.Key.StartsWith(OfArgo, StringComparison.Ordinal)
           select (file.Key, fact.Key),
    ];

    /// <summary>
    /// Every fact that a file reads: by <c>index .metadata.annotations "…"</c> and <c>.metadata.labels.…</c>, as &lt;…&gt; in the values of an add-on, and by
    /// selectors of clusters. What stands in a comment is not read.
    /// </summary>
    public static IReadOnlyList<(string File, string Name)> Read(IReadOnlyDictionary<string, string> files) =>
    [
        .. from file in files
           where !file.Key.StartsWith($"{ClusterFile.Folder}/", StringComparison.Ordinal)
           let text = Comment().Replace(file.Value, "")
           from match in Reads().Matches(text).Concat(Selectors().Matches(text).SelectMany(selector => Key().Matches(selector.Groups["labels"].Value)))
           let name = match.Groups["name"].Value
           where !name.StartsWith(OfArgo, StringComparison.Ordinal)
           group name by (file.Key, name) into same
           select (same.Key.Key, same.Key.name),
    ];

    [GeneratedRegex("""index [$.\w]*\.metadata\.(?:labels|annotations) "(?<name>[^"]+)"|\.metadata\.(?:labels|annotations)\.(?<name>\w+)|<(?<name>[a-z][a-z0-9./-]*)>""")]
    private static partial Regex Reads();

    [GeneratedRegex(@"clusters:\s*\{?\s*selector:\s*\{?\s*matchLabels:\s*\{(?<labels>[^}]*)\}")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"(?<name>[\w./-]+):")]
    private static partial Regex Key();

    [GeneratedRegex(@"(?<=^|\s)#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
