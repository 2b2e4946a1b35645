using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Schemas;

/// <summary>What the bundle is made of fits together; that the chart carries it as it is now, GeneratedFileTests say.</summary>
public sealed class SchemaBundleTests(Workbench workbench)
{
    [Fact]
    public void Every_field_is_described()
    {
        var bundle = JsonNode.Parse(SchemaBundle.Generate(workbench.Checkout))!.AsObject();
        var fields = Fields(bundle, "").ToArray();
        var gate = new Gate("schema fields", fields.Select(field => field.Place));

        foreach (var (place, field) in fields)
        {
            var target = (string?)field["$ref"] is { } reference ? bundle["definitions"]![reference.Split('/')[^1]]! : field;
            gate.Record(place, (field["description"] ?? target["description"]) is null ? "has no description" : null);
        }

        gate.Close();
    }

    [Theory]
    [InlineData("differs", """{ "name": { "type": "integer" } }""", "#/definitions/name")]
    [InlineData("leads nowhere", """{ "name": { "type": "string" } }""", "#/definitions/nmae")]
    [InlineData("leads nowhere", """{ "name": { "type": "string" } }""", "release.schema.json#/definitions/name")]
    [InlineData("nothing refers to", """{ "name": { "type": "string" }, "port": { "type": "integer" } }""", "#/definitions/name")]
    public void Schemas_that_do_not_fit_together_are_refused(string complaint, string definitions, string reference)
    {
        JsonObject Schema(string property, string text, string target) => new()
        {
            ["properties"] = new JsonObject { [property] = new JsonObject { ["$ref"] = target } },
            ["definitions"] = JsonNode.Parse(text),
        };

        var refusal = Assert.Throws<InvalidDataException>(() => SchemaBundle.Merge(
        [
            ("workload", Schema("workload", """{ "name": { "type": "string" } }""", "#/definitions/name")),
            ("environment", Schema("env", definitions, reference)),
        ]));

        Assert.Contains(complaint, refusal.Message);
        Assert.Contains("environment.schema.json", refusal.Message);
    }

    /// <summary>Every named property, every value of a map and every item of a list.</summary>
    private static IEnumerable<(string Place, JsonObject Field)> Fields(JsonObject schema, string at)
    {
        foreach (var (keyword, value) in schema.Where(pair => pair.Key is "properties" or "definitions" or "additionalProperties" or "items"))
        {
            (string, JsonObject)[] fields = (keyword, value) switch
            {
                ("properties" or "definitions", JsonObject named) => [.. named.Select(pair => (pair.Key, pair.Value!.AsObject()))],
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
