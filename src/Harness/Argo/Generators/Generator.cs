using System.Text.Json.Nodes;
using Causeway.Harness.Argo.Templates;

namespace Causeway.Harness.Argo.Generators;

/// <summary>An entry of a list of generators: one generator of some kind, and a selector of what it makes.</summary>
internal static class Generator
{
    private static readonly IReadOnlyDictionary<string, IGenerator> Kinds =
        Discovery.InstancesOf<IGenerator>().ToDictionary(generator => generator.Kind, StringComparer.Ordinal);

    /// <summary>The kind that an entry is of, and what it says of it.</summary>
    /// <exception cref="InvalidDataException">It is of none that is supported, or of several.</exception>
    public static (IGenerator Generator, Place Part) Of(Place entry)
    {
        string[] kinds = [.. entry.Json.Select(field => field.Key).Where(field => field is not "selector")];

        if (kinds is not [var kind])
        {
            throw entry.Invalid(kinds is [] ? "there is no generator in it." : $"{string.Join(" and ", kinds)} stand in one entry: give each its own.");
        }

        return Kinds.TryGetValue(kind, out var generator)
            ? (generator, entry.Part(kind) ?? throw entry.Invalid($"{kind} is empty."))
            : throw entry.Invalid($"the generator {kind} is not supported by the offline expansion; it knows {string.Join(", ", Kinds.Keys)}.");
    }

    /// <summary>What an entry makes and its selector lets through.</summary>
    /// <inheritdoc cref="IGenerator.ParametersAsync" path="/exception"/>
    public static async Task<IReadOnlyList<JsonObject>> ParametersAsync(Place entry, GeneratorContext context, CancellationToken stop)
    {
        var (generator, part) = Of(entry);
        var selector = Selector.Of(entry.Part("selector"));

        return [.. (await generator.ParametersAsync(part, context, stop)).Where(parameters => selector.Matches(Flattened.Of(parameters)))];
    }

    /// <summary>The entries of a generator that combines others, each of which may be one that combines in turn, but not a third level.</summary>
    public static IReadOnlyList<Place> Children(Place generator)
    {
        var children = generator.Parts("generators");

        foreach (var child in children)
        {
            var (kind, part) = Of(child);

            if (part.Json["template"] is JsonObject { Count: > 0 })
            {
                throw part.Invalid("Argo CD ignores the template of a generator within another: put it beside the outer generator's.");
            }

            if (kind is MatrixGenerator or MergeGenerator
                && part.Parts("generators").FirstOrDefault(inner => Of(inner).Generator is MatrixGenerator or MergeGenerator) is { } third)
            {
                throw third.Invalid("Argo CD combines generators on two levels, and this is the third.");
            }
        }

        return children;
    }

    /// <summary>Parameters with the texts of <c>values</c>, which may refer to the others, added as <c>.values</c>.</summary>
    public static async Task<IReadOnlyList<JsonObject>> WithValuesAsync(
        IReadOnlyList<JsonObject> parameters, Place generator, TemplateEvaluator templates, CancellationToken stop)
    {
        if (generator.Part("values") is not { } values)
        {
            return parameters;
        }

        var calls = parameters.SelectMany(set => values.Json.Select(value =>
            new TemplateCall($"{values.Where}.{value.Key}", values.Text(value.Key) ?? "", set)));
        var filled = new Queue<string>(await templates.EvaluateAsync([.. calls], stop));

        return [.. parameters.Select(With)];

        JsonObject With(JsonObject set)
        {
            var with = set.DeepClone().AsObject();
            with["values"] = new JsonObject([.. values.Json.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)filled.Dequeue()))]);

            return with;
        }
    }
}
