using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Schemas;

/// <summary>Every rule of the schemas has a fault in tests/Fixtures/invalid/schemas that the real Helm refuses because of that rule.</summary>
public sealed class SchemaFaultTests(Workbench workbench)
{
    private readonly JsonObject bundle = JsonNode.Parse(SchemaBundle.Generate(workbench.Checkout))!.AsObject();

    [Fact]
    public async Task Every_rule_refuses_its_fault_at_its_place()
    {
        var faults = SchemaBundle.Documents
            .SelectMany(document => Yaml.LoadFile(Path.Combine(workbench.Fixtures, "invalid", "schemas", $"{document}.yaml")))
            .ToDictionary(pair => pair.Key, pair => pair.Value!.AsObject());
        var gate = new Gate("schema rules", SchemaRules.Of(bundle));

        await Parallel.ForEachAsync(
            faults,
            TestContext.Current.CancellationToken,
            async (fault, _) => gate.Record(fault.Key, await ProblemAsync(fault.Key, fault.Value)));

        gate.Close();
    }

    private async Task<string?> ProblemAsync(string rule, JsonObject fault)
    {
        var values = ValueSet.Load(workbench.Checkout, "prod/catalog").Values;
        var at = (string)fault["at"]!;
        var expected = (string)fault["error"]!;

        if (fault.TryGetPropertyValue("value", out var value))
        {
            Change.Set(values, at, value);
        }
        else
        {
            Change.Remove(values, at);
        }

        var errors = await ErrorsAsync(values, workbench.WorkloadChart);

        if (!errors.Contains(expected))
        {
            return $"expected “{expected}”, Helm said “{string.Join("”, “", errors)}”";
        }

        return (await ErrorsAsync(values, ChartWithout(rule))).Contains(expected) ? "the fault is refused without this rule, too: it belongs to another" : null;
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(JsonObject values, string chart)
    {
        try
        {
            await workbench.RenderAsync(values, "catalog", chart: chart);

            return [];
        }
        catch (HelmException refusal)
        {
            return [.. refusal.Message.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..])];
        }
    }

    /// <summary>A chart that has nothing but the bundled schemas, less one rule.</summary>
    private string ChartWithout(string rule)
    {
        var folder = workbench.Scratch.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        File.WriteAllText(Path.Combine(folder, "Chart.yaml"), "{ apiVersion: v2, name: workload, version: 1.0.0 }");
        File.WriteAllText(Path.Combine(folder, "values.schema.json"), SchemaRules.Without(bundle, rule).ToJsonString());

        return folder;
    }
}
