using System.Text.Json.Nodes;
using Causeway.Harness.Argo.Generators;
using Causeway.Harness.Argo.Templates;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Argo;

/// <summary>
/// What Argo CD's controller makes of ApplicationSets, without a cluster: generators here, templates by the real Helm. What is not supported is an error that
/// names file and construct; nothing is skipped.
/// </summary>
/// <param name="clusters">The secrets by which Argo CD knows its clusters.</param>
/// <param name="folder">Where charts are written for Helm, for a moment.</param>
public sealed class Expansion(HelmTool helm, IReadOnlyList<JsonObject> clusters, ISources sources, string folder)
{
    private readonly TemplateEvaluator templates = new(helm, folder);

    /// <summary>The applications of all sets, in order of name.</summary>
    /// <param name="sets">Each with the file that it lies in.</param>
    /// <exception cref="InvalidDataException">A set says what is not supported here or what Argo CD would refuse, a template refers to what is missing, or two
    /// applications have one name.</exception>
    public async Task<IReadOnlyList<Application>> OfAsync(IReadOnlyList<(string File, JsonObject Set)> sets, CancellationToken stop)
    {
        var context = new GeneratorContext(clusters, sources, templates);
        var drafts = (await Task.WhenAll(sets.Select(set => new ApplicationSet(set.File, set.Set).DraftsAsync(context, stop))))
            .SelectMany(made => made)
            .ToArray();
        TemplateCall?[] patches = [.. drafts.Select(draft => draft.Set.PatchOf(draft))];
        var filled = await templates.FillAsync(
        [
            .. drafts.Select(draft => (draft.Place, (JsonNode?)draft.Template, draft.Parameters)),
            .. patches.OfType<TemplateCall>().Select(patch => (patch.Place, (JsonNode?)patch.Text, patch.Parameters)),
        ], stop);
        var filledPatches = new Queue<JsonNode?>(filled.Skip(drafts.Length));
        Application[] applications =
        [
            .. drafts.Select((draft, index) => draft.Set.Apply(draft, filled[index], patches[index] is null ? null : (string)filledPatches.Dequeue()!))
                .OrderBy(application => application.Name, StringComparer.Ordinal),
        ];
        ExpectDistinct(applications);

        return applications;
    }

    /// <exception cref="InvalidDataException">Two applications have one name: the later one would replace the other.</exception>
    internal static void ExpectDistinct(IEnumerable<Application> applications)
    {
        if (applications.GroupBy(application => application.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new InvalidDataException(
                $"{same.Count()} applications are called {same.Key} ({string.Join(", ", same.Select(one => one.From).Distinct())}): Argo CD would keep one. " +
                "Put what tells them apart into metadata.name of the template.");
        }
    }
}
