using System.Diagnostics.Metrics;

namespace Orders.Gateway;

/// <summary>
/// What no convention counts. Each counter is there from the start, at zero: of one that appears with its first event, Prometheus sees no increase, and
/// what counts abandoned orders often counts all it ever will at once.
/// </summary>
internal sealed class OrderMetrics
{
    private long accepted;
    private long rejected;
    private long swept;

    public OrderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Orders.Gateway");
        meter.CreateObservableCounter(
            "orders.placed", () => new[] { Of("accepted", ref accepted), Of("rejected", ref rejected) }, "{order}", "Orders decided, by status.");
        meter.CreateObservableCounter("orders.swept", () => Volatile.Read(ref swept), "{order}", "Abandoned orders whose stock was given back.");
    }

    public void Placed(OrderStatus status) => Interlocked.Increment(ref status == OrderStatus.Accepted ? ref accepted : ref rejected);

    public void Swept() => Interlocked.Increment(ref swept);

    private static Measurement<long> Of(string status, ref long count) =>
        new(Volatile.Read(ref count), new KeyValuePair<string, object?>("status", status));
}
