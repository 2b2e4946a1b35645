using System.Text.Json.Nodes;

namespace Causeway.LoadScenarios.Orders;

/// <summary>One line of an order.</summary>
public sealed record Line(string Sku, int Quantity)
{
    /// <summary>The body of a request that places an order.</summary>
    public static string OrderJson(string customer, params Line[] lines) => new JsonObject
    {
        ["customer"] = customer,
        ["lines"] = new JsonArray([.. lines.Select(line => new JsonObject { ["sku"] = line.Sku, ["quantity"] = line.Quantity })]),
    }.ToJsonString();
}
