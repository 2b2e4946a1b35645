using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline.Schemas;

/// <summary>A fault in the documents that one rule of the schemas refuses, out of tests/Fixtures/invalid/schemas.</summary>
/// <param name="Rule">The rule, as <see cref="SchemaRules"/> names it.</param>
/// <param name="Fixture">Where the fault is made, with what, and what Helm says.</param>
internal sealed record SchemaFault(string Rule, JsonObject Fixture)
{
    public string Error => (string)Fixture["error"]!;

    public static IReadOnlyList<SchemaFault> All(Workbench workbench) =>
    [
        .. from file in Directory.GetFiles(Path.Combine(workbench.Fixtures, "invalid", "schemas"), "*.yaml", SearchOption.AllDirectories)
           from fault in Yaml.LoadFile(file)
           select new SchemaFault(fault.Key, fault.Value!.AsObject()),
    ];

    /// <summary>Makes the fault in <paramref name="values"/>.</summary>
    public void Make(JsonNode values)
    {
        if (Fixture.TryGetPropertyValue("value", out var value))
        {
            Change.Set(values, (string)Fixture["at"]!, value);
        }
        else
        {
            Change.Remove(values, (string)Fixture["at"]!);
        }
    }

    /// <summary>Whether <paramref name="message"/> is what Helm says. An error that ends in … names what depends on the kinds there are.</summary>
    public bool IsSaidBy(string message) => Error.EndsWith('…') ? message.StartsWith(Error[..^1], StringComparison.Ordinal) : message == Error;
}
