using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Kubernetes;

namespace Causeway.Harness.Policies.Kubernetes.Argo;

/// <summary>https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/</summary>
internal sealed partial class Revisions() : ObjectPolicy(
    "ARG-2",
    "A revision that moves changes production when someone pushes; the project default allows everything until it is emptied, and is easily taken.",
    [])
{
    public override bool Judges(ManifestObject item) => ArgoObjects.Is(item, "AppProject", "Application", "ApplicationSet");

    public override Verdict Judge(ManifestObject item, Rendering rendering) => item.At("spec") is not JsonObject spec
        ? Verdict.Unclear("its spec is not known")
        : item.Kind switch
        {
            "AppProject" => item.Name is "default" ? Default(spec) : Verdict.Pass,
            "Application" => Application(spec, rendering.IsProtected),
            _ => Set(spec, rendering.IsProtected),
        };

    private static Verdict Default(JsonObject spec) =>
        new[] { "sourceRepos", "destinations", "clusterResourceWhitelist" }.FirstOrDefault(field => ArgoObjects.List(spec, field) is not []) is { } open
            ? Verdict.Fail($"the project default has {open}: empty it, applications name projects of their own")
            : Verdict.Pass;

    private static Verdict Application(JsonObject spec, bool? isProtected)
    {
        JsonNode[] sources = spec["source"] is { } source ? [source] : [.. ArgoObjects.List(spec, "sources")];

        return sources is []
            ? Verdict.Unclear("it has no source that is known here")
            : Verdict.WorstOf(
            [
                ArgoObjects.Text(spec, "project") is null or "" or "default" ? Verdict.Fail("it is in the project default: name its own") : Verdict.Pass,
                ManifestObject.IsPlaceholder(ArgoObjects.Text(spec, "project")) ? Verdict.Unclear("its project is still to be filled in") : Verdict.Pass,
                .. isProtected is false ? [] : sources.Where(Renders).Select(one => Revision(ArgoObjects.Text(one, "targetRevision"))),
            ]);
    }

    // What an element of a generator or a patch puts over the template is not known before the applications are made.
    private static Verdict Set(JsonObject spec, bool? isProtected) => Verdict.WorstOf(
        spec["templatePatch"] is not null || ArgoObjects.List(spec, "generators").Any(HasTemplate)
            ? Verdict.Unclear("parts of it are put over its template: judge the applications that it makes")
            : Verdict.Pass,
        (spec["template"] as JsonObject)?["spec"] is JsonObject template ? Application(template, isProtected) : Verdict.Unclear("it has no template"));

    private static bool HasTemplate(JsonNode node) => node switch
    {
        JsonObject members => members.Any(member =>
            member is { Key: "template", Value: JsonObject { Count: > 0 } } || (member.Value is { } value && HasTemplate(value))),
        JsonArray items => items.OfType<JsonNode>().Any(HasTemplate),
        _ => false,
    };

    // A source that others take files from, and nothing else, holds the environment's own facts: what is pinned stands in them.
    private static bool Renders(JsonNode source) =>
        ArgoObjects.Text(source, "ref") is null || ArgoObjects.Text(source, "path") is not null || ArgoObjects.Text(source, "chart") is not null;

    private static Verdict Revision(string? revision) =>
        revision is null or "" ? Verdict.Fail("it names no targetRevision, so the newest is taken")
        : Exact().IsMatch(revision) ? Verdict.Pass
        : Wrong(revision, $"its targetRevision is {revision}, which moves: name a whole commit or a version");

    // A commit, or a version of a chart or a tag, whole.
    [GeneratedRegex(@"^([0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64}|v?[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$")]
    private static partial Regex Exact();
}
