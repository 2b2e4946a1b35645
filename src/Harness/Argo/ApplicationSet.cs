using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Argo.Generators;
using Causeway.Harness.Argo.Templates;

namespace Causeway.Harness.Argo;

/// <summary>An ApplicationSet, and the applications that Argo CD's controller makes of it.</summary>
internal sealed partial class ApplicationSet
{
    private const string Finalizer = "resources-finalizer.argocd.argoproj.io";

    private readonly Place place;
    private readonly Place spec;
    private readonly Place template;
    private readonly bool preserves;

    /// <param name="file">Where it lies, for messages.</param>
    /// <exception cref="InvalidDataException">It says what is not supported here, by name.</exception>
    public ApplicationSet(string file, JsonObject json)
    {
        Name = (string?)json["metadata"]?["name"] ?? throw new InvalidDataException($"{file}: an ApplicationSet without metadata.name.");
        Namespace = (string?)json["metadata"]?["namespace"] ?? "argocd";
        place = new($"{file}: ApplicationSet {Name}: ", json);
        spec = place.Part("spec") ?? throw place.Invalid("spec is missing.");
        spec.ExpectOnly(
            "generators", "goTemplate", "goTemplateOptions", "template", "templatePatch", "syncPolicy", "strategy", "preservedFields", "applyNestedSelectors");

        if (!spec.IsOn("goTemplate"))
        {
            throw spec.Invalid("goTemplate has to be true: templates without it (fasttemplate) are not supported, they leave what is missing as it stands.");
        }

        if (spec.Texts("goTemplateOptions") is not ["missingkey=error"])
        {
            throw spec.Invalid("goTemplateOptions has to be [missingkey=error]: otherwise what is missing is filled in as <no value>.");
        }

        if (spec.Part("strategy") is { } strategy && strategy.Text("type") is not (null or "AllAtOnce"))
        {
            throw strategy.Invalid(
                $"{strategy.Text("type")} (progressive syncs) is not supported by the offline expansion: it shows where all applications end.");
        }

        preserves = Preserves(spec.Part("syncPolicy"));
        template = spec.Part("template") ?? throw spec.Invalid("template is missing.");
        template.ExpectOnly("metadata", "spec");
    }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>Its generators, by which messages name them, and their sets of parameters.</summary>
    /// <exception cref="InvalidDataException">A generator says what Argo CD would refuse, or what is not supported here.</exception>
    public async Task<IReadOnlyList<Draft>> DraftsAsync(GeneratorContext context, CancellationToken stop)
    {
        var drafts = new List<Draft>();

        foreach (var entry in spec.Parts("generators"))
        {
            var (generator, part) = Generator.Of(entry);
            var merged = Merged(part.Json["template"] as JsonObject ?? [], template.Json);
            var from = $"{template.Where} with the parameters of {generator.Kind}";
            drafts.AddRange((await Generator.ParametersAsync(entry, context, stop)).Select(parameters => new Draft(this, from, merged, parameters)));
        }

        return drafts;
    }

    /// <summary>The application of a draft, its template and patch filled in.</summary>
    /// <exception cref="InvalidDataException">The patch is not an object, or the application has no name of DNS.</exception>
    public Application Apply(Draft draft, JsonNode? filledTemplate, string? filledPatch)
    {
        var metadata = filledTemplate!["metadata"] as JsonObject ?? [];
        var application = new JsonObject
        {
            ["apiVersion"] = "argoproj.io/v1alpha1",
            ["kind"] = "Application",
            ["metadata"] = new JsonObject
            {
                ["name"] = metadata["name"]?.DeepClone(),
                ["namespace"] = Namespace,
            },
            ["spec"] = filledTemplate["spec"]?.DeepClone(),
        };

        foreach (var field in new[] { "annotations", "finalizers", "labels" }.Where(field => !Values.IsEmpty(metadata[field])))
        {
            application["metadata"]![field] = metadata[field]!.DeepClone();
        }

        if (!preserves && application["metadata"]!["finalizers"] is null)
        {
            application["metadata"]!["finalizers"] = new JsonArray(Finalizer);
        }

        if (filledPatch is not null)
        {
            Patch.Apply(application, filledPatch, spec);
        }

        var name = (string?)application["metadata"]!["name"];

        return name is not null && DnsName().IsMatch(name)
            ? new(name, $"ApplicationSet {Name}", application)
            : throw template.Invalid(
                $"metadata.name becomes \"{name}\" with {draft.Parameters.ToJsonString()}: a name takes lower-case letters, digits, dashes and dots.");
    }

    /// <summary>The set's patch as a template; null where it has none.</summary>
    public TemplateCall? PatchOf(Draft draft) =>
        spec.Text("templatePatch") is { } patch ? new($"{spec.Where}.templatePatch", patch, draft.Parameters) : null;

    private static bool Preserves(Place? policy)
    {
        policy?.ExpectOnly("preserveResourcesOnDeletion", "applicationsSync");

        return policy?.Text("applicationsSync") is { } sync and ("create-only" or "create-delete")
            ? throw policy.Invalid($"applicationsSync {sync} is not supported by the offline expansion: what changes here would not change in the cluster.")
            : policy?.IsOn("preserveResourcesOnDeletion") ?? false;
    }

    // A generator's own template over the set's: what it leaves empty is the set's.
    private static JsonObject Merged(JsonObject over, JsonObject under)
    {
        var merged = over.DeepClone().AsObject();

        foreach (var (name, value) in under)
        {
            if (merged[name] is JsonObject inner && value is JsonObject added)
            {
                merged[name] = Merged(inner, added);
            }
            else if (Values.IsEmpty(merged[name]))
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged;
    }

    [GeneratedRegex(@"^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex DnsName();

    /// <summary>An application to be: the template, and what it is filled with.</summary>
    /// <param name="Place">For messages: the template and its generator.</param>
    internal sealed record Draft(ApplicationSet Set, string Place, JsonObject Template, JsonObject Parameters);
}
