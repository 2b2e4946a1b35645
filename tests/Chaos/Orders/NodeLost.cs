using Causeway.Chaos.Experiments;
using Causeway.Harness;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The node is gone on which most gateways ran.</summary>
internal sealed class NodeLost : IExperiment
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public string Name => "node-lost";

    public string Description => "An autoscaler runs three gateways, and two of them are gone at once with their node: the third one serves.";

    public TimeSpan Duration => TimeSpan.FromSeconds(18);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("ServiceReplicasLost")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Falls("run", "Instances", "service_name=orders-gateway")];

    public Budget Budget => new(FailedShare: 0.1, Recovery: TimeSpan.FromSeconds(15));

    public async Task<IAsyncDisposable?> PrepareAsync(ExperimentRun run, CancellationToken stop)
    {
        var added = await run.Faults.ScaleUpAsync("orders-gateway", stop);
        using var http = new HttpClient();
        // The alert compares with what ran a while ago.
        await new Prometheus(run.Platform.Addresses.Prometheus, http).WaitUntilRisenAsync(
            "service:instances:count{service_name=\"orders-gateway\"} offset 17s",
            new Dictionary<string, double> { [Series] = 2 },
            Patience,
            stop);

        return added;
    }

    private const string Series = """{"__name__":"service:instances:count","service_name":"orders-gateway","service_namespace":"orders"}""";

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        var lost = (await run.Platform.PodsOfAsync("orders-gateway", stop)).Take(2).ToArray();
        var faults = await Task.WhenAll(lost.Select(pod => run.Faults.StopAsync(pod, stop, graceSeconds: 0)));

        return Ongoing.All(faults, stop);
    }
}
