using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Schemas;

/// <summary>Every rule of the schemas has a fault in tests/Fixtures/invalid/schemas that the real Helm refuses, and that only this rule refuses.</summary>
public sealed class SchemaFaultTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly JsonObject valid = ValueSet.Load(workbench.Checkout, "sample/catalog").Values;

    private readonly JsonObject bundle = SchemaBundle.Merge(SchemaSources.Load(workbench.Checkout.Root));

    [Fact]
    public async Task Every_rule_refuses_its_fault_at_its_place()
    {
        var schema = new DocumentSchema(bundle);
        var faults = SchemaFault.All(workbench);
        var errors = await ErrorsAsync(faults);
        var gate = new Gate("schema rules", SchemaRules.Of(bundle));

        Parallel.ForEach(faults.Zip(errors), pair => gate.Record(pair.First.Rule, Problem(pair.First, pair.Second, schema)));

        gate.Close();
    }

    private string? Problem(SchemaFault fault, IReadOnlyList<string> errors, DocumentSchema schema)
    {
        var values = Values(fault);

        return !errors.Any(fault.IsSaidBy) ? $"expected “{fault.Error}”, Helm said “{string.Join("”, “", errors)}”"
            : new DocumentSchema(SchemaRules.Without(bundle, fault.Rule)).Problems(values) is var without && schema.Problems(values).All(without.Contains)
                ? "the fault is refused without this rule, too: it belongs to another"
            : null;
    }

    private JsonObject Values(SchemaFault fault)
    {
        var values = valid.DeepClone().AsObject();
        fault.Make(values);

        return values;
    }

    // One run of Helm for all: a chart that contains the workload chart once for each fault. Helm validates each by itself, with the same schema.
    private async Task<IReadOnlyList<IReadOnlyList<string>>> ErrorsAsync(IReadOnlyList<SchemaFault> faults)
    {
        string[] names = [.. faults.Select((_, index) => $"fault{index:000}")];
        var chart = workbench.Scratch.CreateSubdirectory($"faults-{Guid.NewGuid():N}").FullName;
        await CommandLine.Of("mkdir", Path.Combine(chart, "charts")).RunAsync(Stop);
        await CommandLine.Of("cp", "-r", workbench.WorkloadChart, Path.Combine(chart, "charts", "workload")).RunAsync(Stop);
        await File.WriteAllTextAsync(
            Path.Combine(chart, "Chart.yaml"),
            "apiVersion: v2\nname: faults\nversion: 0.0.0\ndependencies:\n"
                + string.Concat(names.Select(name => $"  - {{ name: workload, version: '>=0.0.0-0', alias: {name} }}\n")),
            Stop);
        var refusal = await Assert.ThrowsAsync<HelmException>(
            () => workbench.RenderAsync([.. names.Zip(faults, (name, fault) => KeyValuePair.Create(name, (JsonNode?)Values(fault)))], "catalog", chart: chart));
        var errors = new Dictionary<string, List<string>>();

        foreach (var line in refusal.Message.Split('\n'))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                errors.Last().Value.Add(line[2..]);
            }
            else if (names.Contains(line.TrimEnd(':')))
            {
                errors.Add(line.TrimEnd(':'), []);
            }
        }

        // Helm gives every chart within another one the key `global`.
        bool IsTold(string error) => !error.Contains("property global", StringComparison.Ordinal);

        return [.. names.Select(name => errors.GetValueOrDefault(name, []).Where(IsTold).ToArray())];
    }
}
