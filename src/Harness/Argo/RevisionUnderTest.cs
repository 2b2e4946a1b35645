using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo;

/// <summary>
/// Argo CD's objects as they would be if the repository lay elsewhere and every branch of it were at one commit: what an environment would follow, for a
/// cluster in which a commit is tried. What is pinned through a template, such as a release's revision, stays as it is.
/// </summary>
/// <param name="Own">The repository's address in the files.</param>
/// <param name="Repository">The address that the cluster fetches it from.</param>
/// <param name="Commit">Full hash.</param>
public sealed record RevisionUnderTest(string Own, string Repository, string Commit)
{
    private const string RepositoryFact = "causeway/repository";
    private const string RevisionFact = "causeway/revision";

    /// <summary>The object with the address and the commit under test.</summary>
    /// <exception cref="InvalidDataException">It is a cluster's secret, and lacks the fact that one of both is read from.</exception>
    public JsonObject In(JsonObject item)
    {
        var copy = item.DeepClone().AsObject();

        if (ClusterFile.IsCluster(copy))
        {
            Set(copy, RepositoryFact, Repository);
            Set(copy, RevisionFact, Commit);
        }
        else
        {
            Walk(copy);
        }

        return copy;
    }

    private static void Set(JsonObject secret, string fact, string value)
    {
        if (secret["metadata"]?["annotations"]?[fact] is null)
        {
            throw new InvalidDataException(
                $"The cluster's secret {secret["metadata"]?["name"]} lacks the fact {fact}: write it in terraform/stacks/aws/gitops/argocd.tf, and the " +
                $"file in {ClusterFile.Folder} with CAUSEWAY_APPROVE=1 (docs/gitops.md).");
        }

        secret["metadata"]!["annotations"]![fact] = value;
    }

    private void Walk(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            list.ToList().ForEach(Walk);
        }

        if (node is not JsonObject map)
        {
            return;
        }

        if (Text(map["repoURL"]) is { } address && (IsOwn(address) || address.Contains(RepositoryFact, StringComparison.Ordinal)))
        {
            foreach (var field in new[] { "revision", "targetRevision" }.Where(field => Text(map[field])?.Contains("{{", StringComparison.Ordinal) is false))
            {
                map[field] = Commit;
            }
        }

        foreach (var (name, value) in map.ToArray())
        {
            if (name is "repoURL" && Text(value) is { } own && IsOwn(own))
            {
                map[name] = Repository;
            }
            else if (name is "sourceRepos" && value is JsonArray addresses)
            {
                map[name] = new JsonArray([.. addresses.Select(one => (JsonNode?)(IsOwn(Text(one) ?? "") ? Repository : (string?)one))]);
            }
            else
            {
                Walk(value);
            }
        }
    }

    private bool IsOwn(string address) => address == Own;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
