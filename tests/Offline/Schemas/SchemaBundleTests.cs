using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Schemas;

/// <summary>What the bundle is made of fits together; that the chart carries it as it is now, GeneratedFileTests say.</summary>
public sealed class SchemaBundleTests(Workbench workbench)
{
    [Fact]
    public void Every_field_is_described()
    {
        var bundle = SchemaBundle.Merge(SchemaSources.Load(workbench.Checkout.Root));
        var fields = Fields(bundle, "").ToArray();
        var gate = new Gate("schema fields", fields.Select(field => field.Place));

        foreach (var (place, field) in fields)
        {
            var target = (string?)field["$ref"] is { } reference ? bundle["definitions"]![reference.Split('/')[^1]]! : field;
            gate.Record(place, (field["description"] ?? target["description"]) is null ? "has no description" : null);
        }

        gate.Close();
    }

    /// <summary>Every named property, every value of a map and every item of a list.</summary>
    private static IEnumerable<(string Place, JsonObject Field)> Fields(JsonObject schema, string at)
    {
        string[] holders = ["properties", "patternProperties", "definitions", "additionalProperties", "items"];

        foreach (var (keyword, value) in schema.Where(pair => holders.Contains(pair.Key)))
        {
            (string, JsonObject)[] fields = (keyword, value) switch
            {
                ("properties" or "patternProperties" or "definitions", JsonObject named) => [.. named.Select(pair => (pair.Key, pair.Value!.AsObject()))],
                (_, JsonObject every) => [("*", every)],
                _ => [],
            };

            foreach (var (name, field) in fields)
            {
                var place = $"{at}/{keyword}/{name}";
                yield return (place, field);

                foreach (var inner in Fields(field, place))
                {
                    yield return inner;
                }
            }
        }
    }
}
