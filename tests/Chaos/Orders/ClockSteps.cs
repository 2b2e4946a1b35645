using Causeway.Chaos.Experiments;
using Causeway.Harness;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The gateways' clocks disagree.</summary>
internal sealed class ClockSteps : IExperiment
{
    private const string Owner = "orders-gateway";
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(10);

    public string Name => "clock-steps";

    public string Description =>
        "The clock of one gateway steps 10 min ahead, then 10 min back: it takes running requests for abandoned ones, and no order is lost or made twice.";

    public TimeSpan Duration => TimeSpan.FromSeconds(24);

    public IReadOnlyList<ExpectedAlert> Alerts => [];

    // No panel shows clocks that disagree, as long as nothing comes of it.
    public IReadOnlyList<ExpectedPanel> Panels => [];

    public Budget Budget => new(FailedShare: 0.05, Recovery: TimeSpan.FromSeconds(10));

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        var clock = await SteppedClock.MakeAsync(run.Repository, $"{run.Platform.Instance.Name}-{Owner}", stop);
        var right = (await run.Platform.PodsOfAsync(Owner, stop))[0];
        var stepped = await run.Faults.ReplaceAsync(right, stop, clock.MountIn);

        return Ongoing.Start(
            async ending =>
            {
                foreach (var offset in new[] { Minutes, -Minutes })
                {
                    await StepAsync(offset, ending);
                    await Task.Delay(run.Duration / 2, ending);
                }
            },
            stop,
            async () =>
            {
                clock.Step(TimeSpan.Zero);
                var pod = (await run.Platform.PodsAsync(CancellationToken.None)).Single(pod => pod.Name == stepped);
                await run.Faults.ReplaceAsync(pod, CancellationToken.None);
            },
            endsByItself: true);

        async Task StepAsync(TimeSpan offset, CancellationToken ending)
        {
            clock.Step(offset);
            await Task.Delay(TimeSpan.FromSeconds(3), ending); // libfaketime looks once a second, and servers keep a header's time for one
            var pod = (await run.Platform.PodsOfAsync(Owner, ending)).Single(pod => pod.Name == stepped);
            var seen = await SteppedClock.OffsetOfAsync(new Uri(pod.Management!, "/healthz/live"), ending);
            run.Note($"clock at {offset.TotalSeconds:+0;-0} s, as the gateway tells it", seen.TotalSeconds);

            if ((seen - offset).Duration() > TimeSpan.FromSeconds(10))
            {
                throw new PlatformException(
                    $"The clock of {stepped} is {seen.TotalSeconds:0} s off, and should be {offset.TotalSeconds:0} s.",
                    "See the pod's log: is the library loaded?");
            }
        }
    }
}
