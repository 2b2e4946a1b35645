using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Kubernetes.Argo;

/// <summary>
/// A release of Argo's chart <c>argocd-apps</c> in a plan, which turns its values into objects of Argo CD, one by one: the field's name is the object's, and
/// what is not metadata is its spec. The chart itself is only on the network. Where it takes objects from templates in its values, they are not known.
/// https://github.com/argoproj/argo-helm/tree/main/charts/argocd-apps
/// </summary>
/// <param name="Resource">The <c>helm_release</c>.</param>
/// <param name="Objects">What it makes. Where the values are only known after the apply, one of each kind of which nothing is known.</param>
internal sealed record AppsRelease(ResourceChange Resource, IReadOnlyList<JsonObject> Objects)
{
    private const string Chart = "argocd-apps";

    private static readonly (string Field, string Kind)[] Kinds =
        [("projects", "AppProject"), ("applications", "Application"), ("applicationsets", "ApplicationSet")];

    private static readonly string[] Metadata = ["additionalAnnotations", "additionalLabels", "finalizers", "namespace"];

    /// <summary>The releases that are there after the apply.</summary>
    public static IEnumerable<AppsRelease> In(Plan plan) =>
        from resource in plan.Resources
        where resource is { Mode: "managed", Type: "helm_release", After: not null }
        where $"{resource.After!["chart"]}".Split('/')[^1] is Chart
        select new AppsRelease(resource, [.. Made(resource)]);

    private static IEnumerable<JsonObject> Made(ResourceChange resource)
    {
        if (resource.AfterUnknown?["values"] is { } unknown && PlanTree.HasUnknown(unknown))
        {
            return Kinds.Select(kind => Object(kind.Kind, "known after the apply", null));
        }

        var documents = PlanTree.Texts(resource.After!["values"])
            .SelectMany(text => Yaml.Load(text ?? "", $"values of {resource.Address}"))
            .OfType<JsonObject>();

        return
        [
            .. from document in documents
               from kind in Kinds
               from entry in document[kind.Field] as JsonObject ?? []
               select Object(kind.Kind, entry.Key, entry.Value as JsonObject),
            .. documents.Where(document => document["itemTemplates"] is JsonArray { Count: > 0 })
                .SelectMany(_ => Kinds.Select(kind => Object(kind.Kind, "out of itemTemplates", null))),
        ];
    }

    private static JsonObject Object(string kind, string name, JsonObject? value)
    {
        var metadata = new JsonObject { ["name"] = name };

        if (value?["namespace"] is { } given)
        {
            metadata["namespace"] = given.DeepClone();
        }

        if (value?["finalizers"] is JsonArray { Count: > 0 } finalizers)
        {
            metadata["finalizers"] = finalizers.DeepClone();
        }

        return new()
        {
            ["apiVersion"] = "argoproj.io/v1alpha1",
            ["kind"] = kind,
            ["metadata"] = metadata,
            ["spec"] = value is null
                ? null
                : new JsonObject(value.Where(field => !Metadata.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))),
        };
    }
}
