using Causeway.Chaos.Experiments;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>A release of gateways whose garbage collector is set up for another machine.</summary>
internal sealed class GarbageCollected : IExperiment
{
    // https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector; numbers are hexadecimal.
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["DOTNET_gcServer"] = "1",
        ["DOTNET_GCHeapCount"] = "0x10",
        ["DOTNET_GCNoAffinitize"] = "1",
        ["DOTNET_GCgen0size"] = "0x10000",
    };

    public string Name => "garbage-collected";

    public string Description =>
        "Gateways are rolled out with the heaps of a large machine and no room in them: they pause for a good part of the time; the roll-out back heals.";

    public TimeSpan Duration => TimeSpan.FromSeconds(50);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("GarbageCollectionPauses")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("dotnet", "Pauses")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(20), LeastAcknowledged: 100);

    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        Release.WithAsync(run, "orders-gateway", Variables, stop);
}
