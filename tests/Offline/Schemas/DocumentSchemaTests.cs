using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Schemas;

/// <summary>The harness refuses what Helm refuses, and says it as clearly as the other messages: field, what is allowed, value.</summary>
public sealed class DocumentSchemaTests(Workbench workbench)
{
    private readonly DocumentSchema schema = new(SchemaBundle.Merge(SchemaSources.Load(workbench.Checkout.Root)));

    [Fact]
    public void Every_rule_of_the_schemas_refuses_its_fault_here_as_it_does_in_Helm()
    {
        var faults = SchemaFault.All(workbench);
        var gate = new Gate("schema faults", faults.Select(fault => fault.Rule));

        foreach (var fault in faults)
        {
            var values = ValueSet.Load(workbench.Checkout, "sample/catalog").Values;
            fault.Make(values);
            var place = ((string)fault.Fixture["at"]!).Split('/')[0];
            var problems = schema.Problems(values);
            gate.Record(
                fault.Rule,
                problems.Any(problem => problem.StartsWith(place, StringComparison.Ordinal)) ? null : $"is not refused: “{string.Join("”, “", problems)}”");
        }

        gate.Close();
        Assert.Empty(schema.Problems(ValueSet.Load(workbench.Checkout, "sample/catalog").Values));
    }

    [Theory]
    [InlineData("env/network/nat", "two", "env.network.nat should be one of \"none\", \"single\", \"per-zone\", and is \"two\"")]
    [InlineData("env/account", 5, "env.account should be string, and is 5")]
    [InlineData("env/region", "frankfurt", "env.region should match ^[a-z]{2}(-[a-z]+)+-[0-9]$, and is \"frankfurt\"")]
    [InlineData("env/telemetry/interval", 301, "env.telemetry.interval should be at most 300, and is 301")]
    [InlineData("env/telemetry/interval", 0, "env.telemetry.interval should be at least 1, and is 0")]
    [InlineData("env/apiVersion", "causeway/v2", "env.apiVersion should be \"causeway/v1\", and is \"causeway/v2\"")]
    [InlineData("env/surprise", 1, "env.surprise is not known here")]
    [InlineData("env/telemetry/interval", null, "env.telemetry.interval is missing")]
    [InlineData("workload/owner", "on", "workload.owner is \"on\", which is not allowed")]
    [InlineData(
        "workload/owner",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "workload.owner should have at most 31 characters, and is \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")]
    [InlineData("workload/components/shop/kind", "servce", "workload.components.shop.kind should be one of \"service\"…")]
    [InlineData("workload/components/shop/size", null, "workload.components.shop.size is missing")]
    [InlineData(
        "workload/components/shop/routes/0",
        "/products/",
        "workload.components.shop.routes[0] should match ^/([a-z0-9-]+(/[a-z0-9-]+)*)?$, and is \"/products/\"")]
    [InlineData(
        "workload/components/shop/uses/tables~1products",
        "eat",
        "workload.components.shop.uses.tables/products should be one of \"get\", \"query\", \"scan\", \"put\", \"update\", \"delete\", "
            + "\"check\", \"read\", \"write\", and is \"eat\"")]
    [InlineData("workload/components/shop/uses/tabels~1products", "read", "workload.components.shop.uses.tabels/products is not known here")]
    [InlineData(
        "workload/components/shop/settings/AWS_REGION",
        "x",
        "workload.components.shop.settings.AWS_REGION is \"AWS_REGION\", which is not allowed (as a name)")]
    [InlineData(
        "workload/resources/tables/prices-archive/grants/Shop",
        "read",
        "workload.resources.tables.prices-archive.grants.Shop should match ^[a-z][a-z0-9]*(-[a-z0-9]+)*$, and is \"Shop\" (as a name)")]
    [InlineData("release/overrides/components/shop/scaling/min", 0, "release.overrides.components.shop.scaling.min should be at least 1, and is 0")]
    public void A_violation_names_the_field_what_is_allowed_and_the_value(string at, object? value, string expected)
    {
        var values = ValueSet.Load(workbench.Checkout, "sample/catalog").Values;

        if (value is null)
        {
            Change.Remove(values, at);
        }
        else
        {
            Change.Set(values, at, JsonValue.Create(value));
        }

        var problem = Assert.Single(schema.Problems(values));
        Assert.True(
            expected.EndsWith('…') ? problem.StartsWith(expected[..^1], StringComparison.Ordinal) : problem == expected,
            $"expected: {expected}\nfound:    {problem}");
    }

    [Theory]
    [InlineData("cidrs", """["10.0.0.0/24", "10.0.0.0/24"]""", """env.edge.from.cidrs has "10.0.0.0/24" more than once""")]
    [InlineData("cidrs", "[]", "env.edge.from.cidrs should have at least 1 items, and has 0")]
    [InlineData("namespace", "\"edge\"", "env.edge.from should have at most 1 fields, and has cidrs, namespace")]
    public void A_violation_of_a_list_or_a_map_counts(string field, string value, string expected)
    {
        var values = ValueSet.Load(workbench.Checkout, "sample/catalog").Values;
        Change.Set(values, $"env/edge/from/{field}", JsonNode.Parse(value));

        Assert.Equal(expected, Assert.Single(schema.Problems(values)));
    }
}
