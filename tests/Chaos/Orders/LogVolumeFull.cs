using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The disk is full on which the logs of a node lie.</summary>
internal sealed class LogVolumeFull : IExperiment
{
    private const string Logged = "bytes logged while the disk was full";
    private const string Seconds = "seconds until the log goes on";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "log-volume-full";

    public string Description =>
        "The disk under a gateway's log is full: what it logs is lost, what it is asked is answered, and the log goes on when there is room again.";

    public TimeSpan Duration => TimeSpan.FromSeconds(15);

    public IReadOnlyList<ExpectedAlert> Alerts => [];

    public IReadOnlyList<ExpectedPanel> Panels => [];

    public Budget Budget => new(FailedShare: 0, Recovery: TimeSpan.FromSeconds(10));

    public IReadOnlyDictionary<string, double> Limits => new Dictionary<string, double> { [Logged] = LogVolume.Block, [Seconds] = 5 };

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        // A line for each request: the log has something to lose.
        var volume = await run.Faults.ScaleUpOnLogVolumeAsync(
            "orders-gateway", stop, pod => PodVariables.Set(pod, "Logging__LogLevel__Microsoft.AspNetCore", "Information"));
        volume.Fill();
        var full = volume.Length;

        return Ongoing.Start(ending => Task.Delay(Timeout.InfiniteTimeSpan, ending), stop, async () =>
        {
            await using (volume)
            {
                run.Note(Logged, volume.Length - full);
                run.Note(Seconds, await GoesOnAsync(volume));
            }
        });
    }

    // Requests still arrive.
    private static async Task<double> GoesOnAsync(LogVolume volume)
    {
        var full = volume.Length;
        volume.Free();
        var freed = TimeProvider.System.GetTimestamp();

        while (volume.Length == full && TimeProvider.System.GetElapsedTime(freed) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return TimeProvider.System.GetElapsedTime(freed).TotalSeconds;
    }
}
