using System.Text.Json.Nodes;
using Causeway.Harness.Costs;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Costs;

/// <summary>What a plan costs. The amounts are worked out by hand.</summary>
public sealed class CostTests
{
    private static readonly PriceTable Prices = new(
        "aws",
        "eu-central-1",
        "2026-11-29",
        new HashSet<string> { "aws_vpc" },
        new Dictionary<string, IReadOnlyList<Price>>
        {
            ["aws_nat_gateway"] = [Hourly("NAT gateway", 0.05m)],
            ["aws_instance"] =
            [
                new("instance", 730, "instance_type", new Dictionary<string, decimal> { ["t3.micro"] = 0.01m, ["t3.small"] = 0.02m }, [], Always),
                new("GB of gp3", 1, null, One(0.1m), ["disk.*.size"], new Dictionary<string, JsonNode?> { ["disk.0.type"] = "gp3" }),
            ],
            ["aws_group"] =
            [
                new("instance", 730, "template > instance_type", new Dictionary<string, decimal> { ["t3.micro"] = 0.01m }, ["least"], Always, ["greatest"]),
            ],
            ["aws_endpoint"] = [new("endpoint", 730, null, One(0.01m), ["subnets"], Always)],
            ["aws_template"] = [],
            ["aws_bucket"] = [],
        },
        new Dictionary<string, string> { ["aws_bucket"] = "0.02 per GB" });

    private static IReadOnlyDictionary<string, JsonNode?> Always => new Dictionary<string, JsonNode?>();

    [Fact]
    public void An_hours_price_is_paid_730_times_a_month()
    {
        var cost = Of(Change("aws_nat_gateway", "a", after: "{}"), Change("aws_nat_gateway", "b", before: "{}", after: "{}"));

        Assert.Equal((36.5m, 73m), (cost.Before, cost.After));
        Assert.Equal(2, cost.Amounts["NAT gateway"].Quantity);
    }

    [Fact]
    public void What_is_destroyed_costs_nothing_afterwards()
    {
        var line = Assert.Single(Of(Change("aws_nat_gateway", "a", before: "{}")).Lines);

        Assert.Equal(-36.5m, line.Difference);
        Assert.Empty(line.Amounts);
    }

    [Fact]
    public void A_kind_decides_the_price_and_a_change_of_it_the_difference()
    {
        var cost = Of(Change("aws_instance", "a", before: """{ "instance_type": "t3.micro" }""", after: """{ "instance_type": "t3.small" }"""));

        Assert.Equal((7.3m, 14.6m), (cost.Before, cost.After));
    }

    [Fact]
    public void All_elements_of_a_block_are_added_up_where_the_condition_holds()
    {
        var disks = """{ "instance_type": "t3.micro", "disk": [{ "type": "gp3", "size": 20 }, { "type": "gp3", "size": 10 }] }""";

        Assert.Equal(7.3m + 3m, Of(Change("aws_instance", "a", after: disks)).After);
        Assert.Equal(7.3m, Of(Change("aws_instance", "a", after: disks.Replace("gp3", "st1", StringComparison.Ordinal))).After);
    }

    [Fact]
    public void An_element_that_is_left_to_the_provider_is_left_out_of_the_sum()
    {
        var disks = """{ "instance_type": "t3.micro", "disk": [{ "type": "gp3" }, { "type": "gp3", "size": 10 }] }""";

        Assert.Equal(7.3m + 1m, Of(Change("aws_instance", "a", after: disks, unknown: """{ "disk": [{ "size": true }, {}] }""")).After);
        Assert.Contains(
            "disk.*.size is not known",
            Of(Change("aws_instance", "a", after: disks, unknown: """{ "disk": [{ "size": true }, { "size": true }] }""")).Lines[0].Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_length_of_a_list_counts() =>
        Assert.Equal(14.6m, Of(Change("aws_endpoint", "a", after: """{ "subnets": ["subnet-1", "subnet-2"] }""")).After);

    [Fact]
    public void What_another_resource_says_is_looked_up_there()
    {
        var cost = Of(
            Change("aws_group", "a", after: """{ "least": 3, "greatest": 5, "template": [{}] }""", unknown: """{ "template": [{ "id": true }] }"""),
            Change("aws_template", "t", after: """{ "instance_type": "t3.micro" }"""));

        Assert.Equal(21.9m, cost.After);
        Assert.Equal(3, cost.Amounts["instance"].Quantity);
        Assert.Equal(1, cost.Free);
    }

    [Fact]
    public void What_is_not_in_the_estimate_is_counted_and_named()
    {
        var cost = Of(
            Change("aws_vpc", "a", after: "{}"),
            Change("aws_bucket", "a", after: "{}"),
            Change("aws_rocket", "a", after: "{}"),
            Change("aws_instance", "large", after: """{ "instance_type": "m9.large" }"""),
            Change("aws_instance", "unknown", after: "{}", unknown: """{ "instance_type": true }"""),
            Change("aws_group", "lost", after: """{ "least": 3 }"""),
            Change("random_id", "a", after: "{}"));

        Assert.Equal(
            [
                "  cost: 0.00 USD a month (eu-central-1, prices of 2026-11-29): 0 priced, 1 by use alone, 1 free, 4 without a price",
                "    without a price: aws_group.lost: template > instance_type is not in the plan",
                "    without a price: aws_instance.large: no price of instance_type m9.large",
                "    without a price: aws_instance.unknown: instance_type is not known before the apply",
                "    without a price: aws_rocket (1)",
            ],
            CostReport.Lines(cost, Prices));
    }

    [Fact]
    public void The_largest_differences_come_first_and_the_rest_is_summed_up()
    {
        var changes = Enumerable.Range(1, 12).Select(number =>
            Change("aws_endpoint", $"e{number:00}", after: new JsonObject { ["subnets"] = new JsonArray([.. Enumerable.Range(0, number)]) }.ToJsonString()));

        string[] lines = [.. CostReport.Lines(Of([.. changes]), Prices)];

        Assert.StartsWith("  cost: 569.40 USD a month (+569.40) (eu-central-1, prices of 2026-11-29): 12 priced, ", lines[0], StringComparison.Ordinal);
        Assert.Equal("        +87.60  aws_endpoint.e12", lines[1]);
        Assert.Equal("        +21.90  2 others", lines[^1]);
    }

    [Fact]
    public void A_plan_of_a_region_without_prices_says_so() =>
        Assert.Equal(
            ["  cost: not estimated: there are no prices of the plan's region in terraform/prices"],
            CostReport.Lines(Cost.Of(Planned(Change("aws_vpc", "a", after: """{ "region": "eu-west-1" }""")), PriceTable.None), PriceTable.None));

    [Fact]
    public void A_plan_of_nothing_in_a_region_costs_nothing() =>
        Assert.Equal(
            ["  cost: none: the plan has nothing in a cloud's region"],
            CostReport.Lines(Cost.Of(Planned(Change("helm_release", "a", after: "{}")), PriceTable.None), PriceTable.None));

    [Fact]
    public void An_environment_stays_within_its_limits()
    {
        Cost[] costs = [Of(Change("aws_nat_gateway", "a", after: "{}")), Of(Change("aws_nat_gateway", "b", after: "{}"))];

        Assert.Empty(CostReport.Above(costs, Limits("""{ "monthly": 73, "amounts": { "NAT gateway": 2 } }""")));
        Assert.Equal(["cost: 73.00 USD a month, the limit is 72.9"], CostReport.Above(costs, Limits("""{ "monthly": 72.9 }""")));
        Assert.Equal(["cost: 2 × NAT gateway, the limit is 1"], CostReport.Above(costs, Limits("""{ "amounts": { "NAT gateway": 1 } }""")));
    }

    [Fact]
    public void A_group_is_paid_for_at_its_least_size_and_a_limit_counts_its_greatest()
    {
        Cost[] costs =
        [
            Of(
                Change("aws_group", "a", after: """{ "least": 0, "greatest": 3, "template": [{}] }""", unknown: """{ "template": [{ "id": true }] }"""),
                Change("aws_template", "t", after: """{ "instance_type": "t3.micro" }""")),
        ];

        Assert.Equal(0, costs[0].After);
        Assert.Empty(CostReport.Above(costs, Limits("""{ "amounts": { "instance": 3 }, "free": { "instance": 1 } }""")));
        Assert.Equal(["cost: 3 × instance, the limit is 2"], CostReport.Above(costs, Limits("""{ "amounts": { "instance": 2 } }""")));
    }

    [Fact]
    public void A_limit_of_a_unit_that_has_no_price_fails_and_names_those_that_have()
    {
        Cost[] costs = [Of(Change("aws_vpc", "a", after: "{}"))];
        const string Known = "it knows GB of gp3, NAT gateway, endpoint, instance";

        Assert.Equal(
            [
                $"cost: limits.amounts: terraform/prices knows no unit instances; {Known}",
                $"cost: limits.free: terraform/prices knows no unit nat gateway; {Known}",
            ],
            CostReport.Above(costs, Limits("""{ "amounts": { "instances": 1, "endpoint": 1 }, "free": { "nat gateway": 1, "instance": 1 } }""")));
    }

    [Fact]
    public void What_the_account_gets_for_nothing_is_taken_off()
    {
        Cost[] costs = [Of(Change("aws_nat_gateway", "a", after: "{}")), Of(Change("aws_nat_gateway", "b", after: "{}"))];

        Assert.Equal(36.5m, CostReport.Free(costs, Limits("""{ "free": { "NAT gateway": 1, "instance": 5 } }""")));
        Assert.Equal(73m, CostReport.Free(costs, Limits("""{ "free": { "NAT gateway": 3 } }""")));
        Assert.Empty(CostReport.Above(costs, Limits("""{ "monthly": 36.5, "free": { "NAT gateway": 1 } }""")));
        Assert.Equal(["cost: 36.50 USD a month, the limit is 36.4"], CostReport.Above(costs, Limits("""{ "monthly": 36.4, "free": { "NAT gateway": 1 } }""")));
    }

    [Fact]
    public void A_limit_cannot_be_kept_where_something_has_no_price()
    {
        Cost[] costs = [Of(Change("aws_rocket", "a", after: "{}"), Change("aws_instance", "a", after: """{ "instance_type": "m9.large" }"""))];

        Assert.Equal(2, CostReport.Above(costs, Limits("""{ "monthly": 1000 }""")).Count);
        Assert.Empty(CostReport.Above(costs, CostLimits.None));
    }

    [Fact]
    public void A_limit_cannot_be_kept_where_a_region_has_no_prices()
    {
        var plan = Planned(Change("aws_vpc", "a", after: """{ "region": "eu-west-1" }"""), Change("helm_release", "a", after: "{}"));

        Assert.Equal(
            ["cost: aws_vpc has no price, so that the limit cannot be kept: add it to terraform/prices"],
            CostReport.Above([Cost.Of(plan, PriceTable.None)], Limits("""{ "monthly": 1000 }""")));
    }

    private static CostLimits Limits(string json) => CostLimits.Of(new JsonObject { ["limits"] = JsonNode.Parse(json) });

    private static Dictionary<string, decimal> One(decimal price) => new() { [""] = price };

    private static Price Hourly(string what, decimal price) => new(what, 730, null, One(price), [], Always);

    private static Cost Of(params JsonObject[] changes) => Cost.Of(Planned(changes), Prices);

    private static JsonObject Change(string type, string name, string? before = null, string? after = null, string unknown = "{}") => new()
    {
        ["address"] = $"{type}.{name}",
        ["mode"] = "managed",
        ["type"] = type,
        ["name"] = name,
        ["change"] = new JsonObject
        {
            ["actions"] = new JsonArray(before is null ? "create" : after is null ? "delete" : "update"),
            ["before"] = before is null ? null : JsonNode.Parse(before),
            ["after"] = after is null ? null : JsonNode.Parse(after),
            ["after_unknown"] = JsonNode.Parse(unknown),
        },
    };

    // The configuration says what refers to what: here every group to the template `t`.
    private static Plan Planned(params JsonObject[] changes) => Plan.Parse(new JsonObject
    {
        ["format_version"] = "1.2",
        ["resource_changes"] = new JsonArray([.. changes]),
        ["configuration"] = new JsonObject
        {
            ["root_module"] = new JsonObject
            {
                ["resources"] = new JsonArray([.. changes.Select(change => new JsonObject
                {
                    ["address"] = (string?)change["address"],
                    ["expressions"] = (string?)change["type"] is "aws_group"
                        ? new JsonObject { ["template"] = new JsonObject { ["references"] = new JsonArray("aws_template.t.id", "aws_template.t") } }
                        : [],
                })]),
            },
        },
    });
}
