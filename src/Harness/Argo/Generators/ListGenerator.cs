using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Generators;

/// <summary>Elements that are written down; those of <c>elementsYaml</c> may come from another generator's parameters.</summary>
internal sealed class ListGenerator : IGenerator
{
    public string Kind => "list";

    public Task<IReadOnlyList<JsonObject>> ParametersAsync(Place generator, GeneratorContext context, CancellationToken stop)
    {
        generator.ExpectOnly("elements", "elementsYaml", "template");

        return Task.FromResult<IReadOnlyList<JsonObject>>([.. generator.Parts("elements").Select(element => element.Json), .. OfText(generator)]);
    }

    private static IEnumerable<JsonObject> OfText(Place generator)
    {
        if (generator.Text("elementsYaml") is not { Length: > 0 } text)
        {
            return [];
        }

        return Yaml.Load(text, $"{generator.Where}.elementsYaml") switch
        {
            [] => [],
            [JsonArray list] when list.All(element => element is JsonObject) => [.. list.Cast<JsonObject>()],
            _ => throw generator.Invalid("elementsYaml has to be a list of objects."),
        };
    }
}
