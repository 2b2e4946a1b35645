using Causeway.Harness.Monitoring.Preview;
using Causeway.Harness.Tools;

[assembly: AssemblyFixture(typeof(Causeway.Offline.Monitoring.Preview.RecordedData))]

namespace Causeway.Offline.Monitoring.Preview;

/// <summary>A Prometheus with the repository's recorded series, started once, by the first test that asks for it.</summary>
public sealed class RecordedData : IAsyncDisposable
{
    private readonly Lazy<Task<RecordedPrometheus>> started = new(StartAsync);

    public Task<RecordedPrometheus> PrometheusAsync() => started.Value;

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            await (await started.Value).DisposeAsync();
        }
    }

    private static Task<RecordedPrometheus> StartAsync()
    {
        var checkout = Harness.Repository.Find();

        // Not cancelled with the test that asks first: others may wait for the same.
        return RecordedPrometheus.StartAsync(RecordedSeries.Load(checkout), new ToolBox(checkout, ToolManifest.Load(checkout)), CancellationToken.None);
    }
}
