using Causeway.Chaos;
using Causeway.Chaos.Experiments;
using Causeway.Chaos.Reports;
using Causeway.Harness;

namespace Causeway.ChaosExperiments;

/// <summary>The short form of <c>./causeway chaos</c>: what goes with all other tests.</summary>
public sealed class ShortRun(BrokenPlatform broken)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_promised_of_a_fault_holds_and_its_alerts_fire_and_its_panels_show_it()
    {
        FoundExperiment[] chosen =
            [.. FoundExperiment.In(typeof(ShortRun).Assembly, broken.Repository).Where(found => found.Experiment.IsShort)];
        var options = new ChaosOptions(Random.Shared.Next(1_000_000));
        var report = await new ChaosRunner(broken.Repository, broken.Platform, TestContext.Current.TestOutputHelper!.WriteLine)
            .RunAsync("short", chosen, options, Stop);

        Assert.NotEmpty(chosen);
        Assert.Equal(chosen.Length, report.Experiments.Count);
        Assert.All(report.Experiments, one => Assert.True(
            one.Verdict is ExperimentVerdict.Passed, $"{one.Experiment.Name} (seed {options.Seed}): {string.Join("\n", one.Reasons)}"));
    }
}
