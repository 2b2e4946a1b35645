using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Argo;

/// <summary>
/// The labels and annotations on clusters' secrets, and who reads them: a name that is written and read nowhere travels for nothing, and is mostly one that is
/// misspelt at its other end. One that is read and not written fails where it is filled in.
/// </summary>
public static partial class ClusterFacts
{
    /// <summary>What each cluster file writes that no ApplicationSet, and no add-on, reads; empty where all is read.</summary>
    public static IReadOnlyList<string> Unread(Repository repository)
    {
        var read = Read(repository);

        return
        [
            .. from file in Directory.GetFiles(repository.PathTo(ClusterFile.Folder)).Order(StringComparer.Ordinal)
               from document in Yaml.Load(File.ReadAllText(file), file)
               where document is JsonObject item && ClusterFile.IsCluster(item)
               from field in new[] { "labels", "annotations" }
               from fact in document["metadata"]?[field] as JsonObject ?? []
               where !fact.Key.StartsWith("argocd.argoproj.io/", StringComparison.Ordinal) && !read.Contains(fact.Key)
               select $"{Path.GetRelativePath(repository.Root, file)} has the fact {fact.Key}, which no file of argocd/bootstrap, argocd/appsets or " +
                   $"{Addon.Folder} reads: correct the name at one of its ends, or take it out of terraform/stacks/aws/gitops/argocd.tf",
        ];
    }

    // By `index .metadata.annotations "…"` and `.metadata.labels.…`, as <…> in the values of an add-on, and by selectors of clusters.
    private static HashSet<string> Read(Repository repository) =>
    [
        .. from folder in new[] { "bootstrap", "appsets", "platform" }
           from file in Directory.GetFiles(repository.PathTo("argocd", folder), "*.yaml", SearchOption.AllDirectories)
           let text = File.ReadAllText(file)
           from match in Reads().Matches(text).Concat(Selectors().Matches(text).SelectMany(selector => Key().Matches(selector.Groups["labels"].Value)))
           select match.Groups["name"].Value,
    ];

    [GeneratedRegex("""index [$.\w]*\.metadata\.(?:labels|annotations) "(?<name>[^"]+)"|\.metadata\.(?:labels|annotations)\.(?<name>\w+)|<(?<name>[a-z][a-z0-9./-]*)>""")]
    private static partial Regex Reads();

    [GeneratedRegex(@"clusters:\s*\{?\s*selector:\s*\{?\s*matchLabels:\s*\{(?<labels>[^}]*)\}")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"(?<name>[\w./-]+):")]
    private static partial Regex Key();
}
