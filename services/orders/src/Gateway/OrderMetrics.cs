using System.Diagnostics.Metrics;

namespace Orders.Gateway;

/// <summary>What no convention counts.</summary>
internal sealed class OrderMetrics
{
    private readonly Counter<long> placed;
    private readonly Counter<long> swept;

    public OrderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Orders.Gateway");
        placed = meter.CreateCounter<long>("orders.placed", "{order}", "Orders decided, by status.");
        swept = meter.CreateCounter<long>("orders.swept", "{order}", "Abandoned orders whose stock was given back.");
    }

    public void Placed(OrderStatus status) =>
        placed.Add(1, new KeyValuePair<string, object?>("status", status == OrderStatus.Accepted ? "accepted" : "rejected"));

    public void Swept() => swept.Add(1);
}
