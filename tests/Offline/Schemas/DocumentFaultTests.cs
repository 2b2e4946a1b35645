using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Schemas;

/// <summary>
/// Schemas that Helm does not read: every rule has a fault in <c>tests/Fixtures/invalid/documents/&lt;schema&gt;.yaml</c> that is refused because of
/// this rule and no other.
/// </summary>
public sealed class DocumentFaultTests(Workbench workbench)
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.GetFiles(Folder(Harness.Repository.Find()), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Documents))]
    public void Every_rule_refuses_its_fault(string document)
    {
        var rules = JsonNode.Parse(File.ReadAllText(workbench.Checkout.PathTo("schemas", $"{document}.schema.json")))!.AsObject();
        var fixture = Yaml.LoadFile(Path.Combine(Folder(workbench.Checkout), $"{document}.yaml"));
        var (valid, schema) = (fixture["valid"]!, new DocumentSchema(rules));
        var gate = new Gate($"rules of {document}", SchemaRules.Of(rules));
        Assert.Empty(schema.Problems(valid));

        foreach (var (rule, fault) in fixture["faults"]!.AsObject())
        {
            gate.Record(rule, Problem(new SchemaFault(rule, fault!.AsObject()), valid, schema, rules));
        }

        gate.Close();
    }

    private static string? Problem(SchemaFault fault, JsonNode valid, DocumentSchema schema, JsonObject rules)
    {
        var values = valid.DeepClone();
        fault.Make(values);
        var problems = schema.Problems(values);

        return !problems.Any(fault.IsSaidBy) ? $"expected “{fault.Error}”, it said “{string.Join("”, “", problems)}”"
            : new DocumentSchema(SchemaRules.Without(rules, fault.Rule)).Problems(values) is var without && problems.All(without.Contains)
                ? "the fault is refused without this rule, too: it belongs to another"
            : null;
    }

    private static string Folder(Harness.Repository checkout) => checkout.PathTo("tests", "Fixtures", "invalid", "documents");
}
