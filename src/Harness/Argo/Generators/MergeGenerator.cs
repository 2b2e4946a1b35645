using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo.Generators;

/// <summary>What the first generator makes, with what later ones make of the same merge keys put over it.</summary>
internal sealed class MergeGenerator : IGenerator
{
    public string Kind => "merge";

    public async Task<IReadOnlyList<JsonObject>> ParametersAsync(Place generator, GeneratorContext context, CancellationToken stop)
    {
        generator.ExpectOnly("generators", "mergeKeys", "template");
        var keys = generator.Texts("mergeKeys");

        if (keys is [])
        {
            throw generator.Invalid("mergeKeys is missing.");
        }

        var children = Generator.Children(generator);

        if (children.Count < 2)
        {
            throw generator.Invalid("it takes two generators or more.");
        }

        var merged = ByKey(children[0], keys, await Generator.ParametersAsync(children[0], context, stop));

        foreach (var other in children.Skip(1))
        {
            foreach (var (key, parameters) in ByKey(other, keys, await Generator.ParametersAsync(other, context, stop)))
            {
                if (merged.TryGetValue(key, out var under))
                {
                    Override(under, parameters);
                }
            }
        }

        return [.. merged.Values];
    }

    private static Dictionary<string, JsonObject> ByKey(Place generator, IReadOnlyList<string> keys, IReadOnlyList<JsonObject> sets)
    {
        var byKey = new Dictionary<string, JsonObject>(StringComparer.Ordinal);

        foreach (var set in sets)
        {
            if (keys.FirstOrDefault(key => set[key] is null) is { } missing)
            {
                throw generator.Invalid($"a set of its parameters lacks the merge key {missing}: {set.ToJsonString()}.");
            }

            var values = string.Join(", ", keys.Select(key => $"{key} {set[key]!.ToJsonString()}"));

            if (!byKey.TryAdd(values, set.DeepClone().AsObject()))
            {
                throw generator.Invalid($"two sets of its parameters have {values}: merge keys have to tell them apart.");
            }
        }

        return byKey;
    }

    // As Argo CD's library merges: an empty value overrides nothing.
    private static void Override(JsonObject under, JsonObject over)
    {
        foreach (var (name, value) in over)
        {
            if (under[name] is JsonObject inner && value is JsonObject added)
            {
                Override(inner, added);
            }
            else if (!under.ContainsKey(name) || !Values.IsEmpty(value))
            {
                under[name] = value?.DeepClone();
            }
        }
    }
}
