using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orders.Gateway;

namespace Orders.Tests.Gateway;

public sealed class OrderMetricsTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OrderMetrics metrics;

    public OrderMetricsTests() => metrics = new OrderMetrics(services.GetRequiredService<IMeterFactory>());

    public void Dispose() => services.Dispose();

    [Fact]
    public void Every_counter_is_there_at_zero_before_anything_happened() =>
        Assert.Equal([("orders.placed accepted", 0), ("orders.placed rejected", 0), ("orders.swept", 0)], Read());

    [Fact]
    public void What_happens_is_counted_where_it_belongs()
    {
        metrics.Placed(OrderStatus.Accepted);
        metrics.Placed(OrderStatus.Accepted);
        metrics.Placed(OrderStatus.Rejected);
        metrics.Swept();

        Assert.Equal([("orders.placed accepted", 2), ("orders.placed rejected", 1), ("orders.swept", 1)], Read());
    }

    private IEnumerable<(string Series, long Value)> Read()
    {
        var read = new List<(string, long)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            read.Add((string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => tag.Value)]), value)));
        listener.Start();
        listener.RecordObservableInstruments();

        return read.Order();
    }
}
