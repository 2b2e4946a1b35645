using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Kubernetes;

namespace Causeway.Harness.Policies.Kubernetes.Argo;

/// <summary>https://argo-cd.readthedocs.io/en/stable/user-guide/projects/</summary>
internal sealed partial class Projects() : ObjectPolicy(
    "ARG-1",
    "What a project allows, everyone may deploy who can write to one of its sources: any source, any namespace or any kind of the cluster's is the cluster.",
    [])
{
    public override bool Judges(ManifestObject item) => ArgoObjects.Is(item, "AppProject");

    public override Verdict Judge(ManifestObject item, Rendering rendering) => item.At("spec") is not JsonObject spec
        ? Verdict.Unclear("its spec is not known")
        : Verdict.WorstOf(
        [
            .. ArgoObjects.List(spec, "sourceRepos").Select(source => Allowed($"{source}", "source", Repository())),
            .. ArgoObjects.List(spec, "sourceNamespaces").Select(name => Allowed($"{name}", "namespace of applications", Name())),
            .. ArgoObjects.List(spec, "destinations").SelectMany(Destination),
            .. ArgoObjects.List(spec, "clusterResourceWhitelist").SelectMany(kind => new[] { "group", "kind" }.Select(part =>
                Allowed(ArgoObjects.Text(kind, part) ?? "", $"{part} of the cluster's own objects", Exact()))),
        ]);

    private static IEnumerable<Verdict> Destination(JsonNode destination) =>
    [
        Allowed(ArgoObjects.Text(destination, "namespace") ?? "", "namespace", Name()),
        Allowed(ArgoObjects.Text(destination, "server") ?? "", "server", Server()),
        Allowed(ArgoObjects.Text(destination, "name") ?? "", "cluster", Name()),
    ];

    // An exclamation mark takes away, and allows nothing.
    private static Verdict Allowed(string pattern, string what, Regex narrow) =>
        pattern is ['!', ..] || (!ManifestObject.IsPlaceholder(pattern) && (narrow.IsMatch(pattern) || pattern.IndexOfAny(['*', '?', '[']) < 0))
            ? Verdict.Pass
            : Wrong(pattern, $"it allows any {what} that {pattern} fits: name it, or at least how it begins");

    // A name's beginning.
    [GeneratedRegex(@"^[A-Za-z0-9][^*?\[]*")]
    private static partial Regex Name();

    // Scheme and the beginning of the host.
    [GeneratedRegex(@"^https?://[^*?\[]+")]
    private static partial Regex Server();

    // Host and owner.
    [GeneratedRegex(@"^([a-z+]+://|git@)[^*?\[/:]+[/:][^*?\[/]+/")]
    private static partial Regex Repository();

    [GeneratedRegex(@"^[^*?\[]*$")]
    private static partial Regex Exact();
}
