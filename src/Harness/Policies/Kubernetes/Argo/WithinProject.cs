using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Kubernetes;

namespace Causeway.Harness.Policies.Kubernetes.Argo;

/// <summary>https://argo-cd.readthedocs.io/en/stable/user-guide/projects/</summary>
internal sealed class WithinProject() : ObjectPolicy(
    "ARG-3",
    "An application whose project does not allow its sources or its destination is accepted by the merge, and never synced.",
    [])
{
    public override bool Judges(ManifestObject item) => ArgoObjects.Is(item, "Application");

    public override Verdict Judge(ManifestObject item, Rendering rendering)
    {
        var (spec, name) = (item.At("spec") as JsonObject, ArgoObjects.Text(item.At("spec"), "project"));

        if (spec is null || name is null || ManifestObject.IsPlaceholder(name))
        {
            return Verdict.Unclear("its project is not known");
        }

        if (rendering.Objects.LastOrDefault(other => ArgoObjects.Is(other, "AppProject") && other.Name == name)?.At("spec") is not JsonObject project)
        {
            return Verdict.Unclear($"its project {name} is not among these objects");
        }

        JsonNode[] sources = spec["source"] is { } source ? [source] : [.. ArgoObjects.List(spec, "sources")];

        return Verdict.WorstOf(
        [
            .. sources.Select(one => Source(ArgoObjects.Text(one, "repoURL") ?? "", project, name)),
            Destination(spec["destination"], project, name),
        ]);
    }

    private static Verdict Source(string repository, JsonObject project, string name)
    {
        string[] patterns = [.. ArgoObjects.List(project, "sourceRepos").Select(pattern => $"{pattern}")];

        return patterns.Any(pattern => Fits(pattern, repository)) && !patterns.Any(pattern => pattern is ['!', ..] && Fits(pattern[1..], repository))
            ? Verdict.Pass
            : Wrong(repository, $"its project {name} does not allow the source {repository}");
    }

    private static Verdict Destination(JsonNode? destination, JsonObject project, string name)
    {
        var (server, cluster, target) = (
            ArgoObjects.Text(destination, "server") ?? "", ArgoObjects.Text(destination, "name") ?? "", ArgoObjects.Text(destination, "namespace") ?? "");
        var allowed = ArgoObjects.List(project, "destinations");
        var at = $"namespace {target} of {(server is "" ? cluster : server)}";

        return allowed.Any(one => IsIn(one, denied: true)) ? Wrong(target, $"its project {name} refuses {at}")
            : allowed.Any(one => IsIn(one, denied: false)) ? Verdict.Pass
            : Wrong($"{server}{cluster}{target}", $"its project {name} does not allow {at}");

        // A cluster is known by its server or by its name; an exclamation mark at one of the fields takes away.
        bool IsIn(JsonNode one, bool denied)
        {
            string[] patterns = [ArgoObjects.Text(one, server is "" ? "name" : "server") ?? "", ArgoObjects.Text(one, "namespace") ?? ""];

            return denied == patterns.Any(pattern => pattern is ['!', ..])
                && patterns.Zip([server is "" ? cluster : server, target], (pattern, value) => Fits(pattern.TrimStart('!'), value)).All(fits => fits);
        }
    }

    // A star ends at a slash, as in Argo CD; alone it stands for everything.
    private static bool Fits(string pattern, string value)
    {
        var part = Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);

        return pattern is "*" || Regex.IsMatch(value, $"^{part}$");
    }
}
