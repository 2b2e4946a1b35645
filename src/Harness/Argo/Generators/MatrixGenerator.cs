using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Generators;

/// <summary>Every combination of what two generators make. The second may refer to the parameters of the first.</summary>
internal sealed class MatrixGenerator : IGenerator
{
    public string Kind => "matrix";

    public async Task<IReadOnlyList<JsonObject>> ParametersAsync(Place generator, GeneratorContext context, CancellationToken stop)
    {
        generator.ExpectOnly("generators", "template");

        if (Generator.Children(generator) is not [var first, var second])
        {
            throw generator.Invalid("it takes two generators.");
        }

        var outer = await Generator.ParametersAsync(first, context, stop);
        var filled = await context.Templates.FillAsync([.. outer.Select(parameters => (second.Where, (JsonNode?)second.Json, parameters))], stop);
        var combined = new List<JsonObject>();

        foreach (var (parameters, entry) in outer.Zip(filled))
        {
            var inner = await Generator.ParametersAsync(new(second.Where, entry!.AsObject()), context, stop);
            combined.AddRange(inner.Select(other => Merged(generator, parameters, other)));
        }

        return combined;
    }

    private static JsonObject Merged(Place generator, JsonObject first, JsonObject second)
    {
        var merged = first.DeepClone().AsObject();
        Add(generator, merged, second, "");

        return merged;
    }

    private static void Add(Place generator, JsonObject to, JsonObject from, string path)
    {
        foreach (var (name, value) in from)
        {
            if (!to.TryGetPropertyValue(name, out var there))
            {
                to[name] = value?.DeepClone();
            }
            else if (there is JsonObject inner && value is JsonObject added)
            {
                Add(generator, inner, added, $"{path}.{name}");
            }
            else if (!JsonNode.DeepEquals(there, value))
            {
                throw generator.Invalid(
                    $"both generators make the parameter {path}.{name}, with different values: rename one, or give a git generator a pathParamPrefix.");
            }
        }
    }
}
