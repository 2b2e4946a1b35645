using System.Text.Json.Nodes;
using Causeway.Harness.Policies.Kubernetes.Argo;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Argo;

/// <summary>
/// What Terraform puts into a cluster for Argo CD to begin with: the secret that has the environment's facts on it, the root application and its project. It
/// lies in <c>argocd/clusters/&lt;environment&gt;.yaml</c>, so that everything that follows can be seen without a cluster; a test holds it against the
/// stack <c>gitops</c>.
/// </summary>
public static class ClusterFile
{
    /// <summary>Where they lie, below the repository's root.</summary>
    public const string Folder = "argocd/clusters";

    private const string TypeLabel = "argocd.argoproj.io/secret-type";

    public static string PathTo(Repository repository, string environment) => repository.PathTo("argocd", "clusters", $"{environment}.yaml");

    /// <summary>What the file of an environment has to say.</summary>
    /// <param name="plan">Of the stack <c>gitops</c>, with all that it looks up applied.</param>
    /// <exception cref="InvalidDataException">The plan does not make one secret and one root application.</exception>
    public static string TextOf(Plan plan, string environment)
    {
        var secrets = plan.Resources.Where(resource => resource is { Mode: "managed", Type: "kubernetes_secret_v1", After: not null }).Select(Secret)
            .Where(IsCluster)
            .ToArray();
        var objects = AppsRelease.In(plan).SelectMany(release => release.Objects).ToArray();
        var roots = objects.Count(item => (string?)item["kind"] is "Application");

        if ((secrets.Length, roots) is not (1, 1))
        {
            throw new InvalidDataException(
                $"The plan of {environment}/gitops makes {secrets.Length} secrets of clusters and {roots} root applications; one of each is needed.");
        }

        return $"""
            # What the Terraform stack gitops makes in {environment}, with the ids of the simulated cloud. A test holds it against the stack's plan, and writes it where
            # CAUSEWAY_APPROVE is 1: docs/gitops.md.
            {Yaml.Write([secrets[0], .. objects])}
            """;
    }

    /// <summary>Whether an object is a secret by which Argo CD knows a cluster.</summary>
    public static bool IsCluster(JsonObject item) =>
        (string?)item["kind"] is "Secret" && (string?)item["metadata"]?["labels"]?[TypeLabel] is "cluster";

    private static JsonObject Secret(ResourceChange resource)
    {
        var metadata = resource.After!["metadata"]![0]!;

        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = metadata["name"]?.DeepClone(),
                ["namespace"] = metadata["namespace"]?.DeepClone(),
                ["labels"] = Sorted(metadata["labels"]),
                ["annotations"] = Sorted(metadata["annotations"]),
            },
            ["stringData"] = Sorted(resource.After["data"]),
        };
    }

    private static JsonObject Sorted(JsonNode? map) =>
        new((map as JsonObject ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
