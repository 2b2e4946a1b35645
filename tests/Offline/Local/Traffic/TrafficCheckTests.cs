using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Traffic;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Local.Traffic;

/// <summary>What is missing and what is never used is found, by name.</summary>
public sealed class TrafficCheckTests
{
    private const string Policy = """
        { "Statement": [
            { "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": ["arn:aws:dynamodb:r1:111122223333:table/e-shop-stock"] },
            { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:r1:111122223333:key/k",
              "Condition": { "StringEquals": { "kms:ViaService": "dynamodb.r1.amazonaws.com" } } }
        ] }
        """;

    private static readonly CloudCall Get = new("shop-till", "dynamodb", "dynamodb:GetItem", "table/e-shop-stock");
    private static readonly CloudCall Put = Get with { Action = "dynamodb:PutItem" };

    [Fact]
    public void What_is_called_and_allowed_is_right()
    {
        var check = OfRoles(Get, Put);

        Assert.Equal(3, check.Granted.Count);
        Assert.Equal("e-shop-till-execution: no component has this role; AWS itself takes it", Assert.Single(check.Skipped));
        Assert.Equal([], check.Missing.Concat(check.Unused));
    }

    [Fact]
    public void A_call_of_another_action_table_or_component_is_missing()
    {
        CloudCall[] calls = [Get with { Action = "dynamodb:Scan" }, Get with { Resource = "table/e-shop-orders" }, Get with { Component = "shop-desk" }];

        Assert.Equal(
            [
                "shop-till calls dynamodb:Scan on table/e-shop-stock, which no policy of role e-shop-till allows",
                "shop-till calls dynamodb:GetItem on table/e-shop-orders, which no policy of role e-shop-till allows",
                "shop-desk calls dynamodb:GetItem on table/e-shop-stock, which no policy of role e-shop-desk allows",
            ],
            OfRoles([Get, Put, .. calls]).Missing);
    }

    [Fact]
    public void A_grant_that_no_call_needs_is_unused()
    {
        Assert.Equal(["e-shop-till may dynamodb:PutItem on arn:aws:dynamodb:r1:111122223333:table/e-shop-stock"], OfRoles(Get).Unused);
        Assert.Contains("e-shop-till may use a key through dynamodb.r1.amazonaws.com", OfRoles().Unused);
    }

    [Fact]
    public void Connections_are_held_against_network_policies()
    {
        Connection[] right = [new("till", "stock", 8080)];

        Assert.Equal([], OfNetwork(right) is var check ? check.Missing.Concat(check.Unused) : []);
        Assert.Equal(["till → stock TCP 8080"], OfNetwork().Unused);
        Assert.Equal(
            ["till → stock TCP 8081, which no network policy lets through", "stock → till TCP 8080, which no network policy lets through"],
            OfNetwork([.. right, new("till", "stock", 8081), new("stock", "till", 8080)]).Missing);
    }

    private static GrantCheck OfRoles(params CloudCall[] calls)
    {
        var plan = new JsonObject
        {
            ["format_version"] = "1.2",
            ["resource_changes"] = new JsonArray(
                Change("aws_iam_role", new() { ["name"] = "e-shop-till", ["arn"] = "arn:aws:iam::111122223333:role/e-shop-till" }),
                Change("aws_iam_role_policy", new() { ["role"] = "e-shop-till", ["policy"] = Policy }),
                Change("aws_iam_role_policy", new() { ["role"] = "e-shop-till-execution", ["policy"] = Policy })),
        };

        var roles = new Dictionary<string, string> { ["shop-till"] = "e-shop-till", ["shop-desk"] = "e-shop-desk" };

        return TrafficCheck.OfRoles(Plan.Parse(plan), "r1", roles, calls);
    }

    private static JsonObject Change(string type, JsonObject after) => new()
    {
        ["address"] = $"{type}.this",
        ["mode"] = "managed",
        ["type"] = type,
        ["name"] = "this",
        ["provider_name"] = "registry.terraform.io/hashicorp/aws",
        ["change"] = new JsonObject { ["actions"] = new JsonArray("no-op"), ["before"] = after.DeepClone(), ["after"] = after },
    };

    private static GrantCheck OfNetwork(params Connection[] connections)
    {
        static string Deployment(string name) => $$"""
            kind: Deployment
            metadata: { name: {{name}}, namespace: shop }
            spec: { template: { metadata: { labels: { app: {{name}} } }, spec: { containers: [{ ports: [
                { name: http, containerPort: 8080 }, { name: management, containerPort: 8081 }] }] } } }
            ---

            """;
        var objects = Yaml.Load(Deployment("till") + Deployment("stock") + """
            kind: NetworkPolicy
            metadata: { name: none, namespace: shop }
            spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
            ---
            kind: NetworkPolicy
            metadata: { name: out, namespace: shop }
            spec: { podSelector: { matchLabels: { app: till } }, policyTypes: [Egress], egress: [
                { to: [{ podSelector: { matchLabels: { app: stock } } }], ports: [{ port: http }] }] }
            ---
            kind: NetworkPolicy
            metadata: { name: in, namespace: shop }
            spec: { podSelector: { matchLabels: { app: stock } }, policyTypes: [Ingress], ingress: [
                { from: [{ podSelector: { matchLabels: { app: till } } }], ports: [{ port: http }] }] }
            """);

        return TrafficCheck.OfNetwork(new RenderedObjects([.. objects.Select(item => item.AsObject())]), new HashSet<string> { "shop" }, connections);
    }
}
