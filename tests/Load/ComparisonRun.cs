using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Load.Comparison;
using Causeway.Load.Reports;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios;

/// <summary>Runs one scenario in turns on a platform of another commit and on one of the files as they are.</summary>
internal sealed class ComparisonRun(Repository repository, FoundScenario found, ScenarioOptions options, int pairs)
{
    private const double Tolerance = 0.05;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(12);

    /// <summary>Runs all pairs, shows what they say and writes it to <c>artifacts/load/compare</c>.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string reference, CancellationToken stop)
    {
        await using var other = await OtherRevision.CheckOutAsync(repository, reference, stop);
        var before = new LocalPlatform(other.Checkout, PlatformOptions.ForTests(repository, 'b'), new PlainSteps());
        var after = new LocalPlatform(repository, PlatformOptions.ForTests(repository, 'a'), new PlainSteps());
        var measured = new List<(LoadReport, LoadReport)>();

        try
        {
            foreach (var (name, platform) in new[] { (reference, before), ("the files as they are", after) })
            {
                Console.WriteLine($"\nbring up {name}, as instance `{platform.Instance.Name}`");
                await platform.DownAsync(stop);
                await platform.UpAsync(stop);
            }

            // Connections, caches and code that is compiled again for speed: the first run is another one than all that follow.
            await MeasureAsync(before, -1, stop);
            await MeasureAsync(after, -1, stop);

            foreach (var (pair, isAfterFirst) in PairedRatios.Order(pairs).Index())
            {
                var first = await MeasureAsync(isAfterFirst ? after : before, pair, stop);
                var second = await MeasureAsync(isAfterFirst ? before : after, pair, stop);
                measured.Add(isAfterFirst ? (second, first) : (first, second));
                var (old, changed) = measured[^1];
                Console.WriteLine($"  pair {pair + 1} of {pairs}: " + string.Join(", ", ComparedValue.All.Select(value =>
                    $"{value.Name} × {value.Of(changed) / value.Of(old):0.00}")));
            }
        }
        finally
        {
            await before.DownAsync(CancellationToken.None);
            await after.DownAsync(CancellationToken.None);
        }

        var revision = measured[0].Item2.Revision;
        var report = ComparisonReport.Of(other.Commit, revision, $"{found.Workload} {found.Scenario.Name}", options.Seed, Tolerance, measured);
        var folder = repository.PathTo("artifacts", "load", "compare");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), report.ToMarkdown(), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), report.ToJson(), stop);
        Console.WriteLine($"\n{report.ToMarkdown()}");

        return report.ExitCode;
    }

    private Task<LoadReport> MeasureAsync(LocalPlatform platform, int pair, CancellationToken stop) =>
        new ScenarioRunner(repository, platform, _ => { })
            .MeasureAsync(found, options with { Duration = options.Duration ?? Short, Seed = options.Seed + pair }, stop);
}
