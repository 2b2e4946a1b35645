using Causeway.Chaos.Evidence;
using Causeway.Chaos.Experiments;
using Causeway.Chaos.Reports;
using Causeway.Harness;
using Causeway.Harness.Helm;
using Causeway.Harness.Local;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Reports;
using Causeway.Harness.Tools;
using Causeway.Load.Reports;
using Causeway.Load.Scenarios;

namespace Causeway.Chaos;

/// <summary>Runs experiments one after another, shows what comes of each, and reports on all.</summary>
/// <param name="say">Receives what happens, line by line.</param>
public sealed class ChaosRunner(Repository repository, LocalPlatform platform, Action<string> say)
{
    /// <summary>
    /// How many times faster than the rules say alerts fire here. A quarter of an hour becomes 50 s: five kills of a replica, one every 10 s.
    /// </summary>
    public const double RuleSpeed = 18;

    /// <summary>Where the report of a run is written.</summary>
    /// <param name="name">A fault, or what several are called together.</param>
    public static string FolderOf(Repository repository, string name) => repository.PathTo("artifacts", "chaos", name);

    /// <summary>Runs them, and writes the report whatever came of them.</summary>
    /// <param name="name">Of the report's folder, see <see cref="FolderOf"/>.</param>
    public async Task<ChaosReport> RunAsync(string name, IReadOnlyList<FoundExperiment> chosen, ChaosOptions options, CancellationToken stop)
    {
        var (started, ticks, box) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp(), Box.This());
        var reports = new List<ExperimentReport>();

        foreach (var traffic in chosen.Select(found => found.Traffic).Distinct())
        {
            using var warming = await traffic.OpenAsync(platform, options.Seed, stop);
            await WarmUp.RunAsync(window => warming.Request($"warm{window}"), say, stop);
        }

        foreach (var found in chosen)
        {
            // One that is run again makes other choices.
            var chosenBefore = reports.Count(report => report.Workload == found.Workload && report.Experiment.Name == found.Experiment.Name);
            var own = options with { Seed = options.Seed + chosenBefore };
            say($"{found.Workload} {found.Experiment.Name} (--seed {own.Seed}): {found.Experiment.Description}");
            var report = await new ExperimentRunner(repository, platform, line => say($"  {line}")).RunAsync(found, own, stop);
            reports.Add(report);
            report.Checks.ToList().ForEach(check => say($"  {(check.Passed ? "passed" : "failed")} {check.What}: {check.Expected}; {check.Found}"));
            say($"  {report.Verdict.ToString().ToLowerInvariant()} in {report.Took.TotalSeconds:0} s");
            report.Reasons.ToList().ForEach(reason => say($"  {reason}"));
        }

        var all = new ChaosReport(
            options.Seed,
            await CheckoutRevision.OfAsync(repository, stop),
            started,
            RuleSpeed,
            box,
            chosen.Count,
            reports,
            await CoverageAsync(reports, stop),
            TimeProvider.System.GetElapsedTime(ticks));
        await all.WriteAsync(FolderOf(repository, name), stop);

        return all;
    }

    private async Task<Coverage> CoverageAsync(IReadOnlyList<ExperimentReport> reports, CancellationToken stop)
    {
        var chart = new MonitoringChart(repository, new HelmTool(new ToolBox(repository, ToolManifest.Load(repository))));
        var rules = MonitoringChart.RuleFiles(await chart.OfEnvironmentAsync(Renderer.Environment, stop))
            .SelectMany(file => file.Value!["groups"]!.AsArray())
            .SelectMany(group => group!["rules"]!.AsArray())
            .Select(rule => rule!.AsObject())
            .Where(rule => rule["alert"] is not null)
            .GroupBy(rule => (string)rule["alert"]!);
        var panels = Dashboard.All(repository).Where(dashboard => !dashboard.NeedsCluster)
            .SelectMany(dashboard => dashboard.Panels.Where(panel => panel.ShowsFailures).Select(panel => (dashboard.Name, panel.Title)));

        return new Coverage(
        [
            .. from alert in rules
               orderby alert.Key
               select new AlertCoverage(
                   alert.Key,
                   alert.All(rule => Coverage.AsksForCluster((string)rule["expr"]!)),
                   alert.All(rule => AlertCases.AreOf(repository, rule)),
                   [.. reports.Where(report => report.Fired.Any(fired => fired.Name == alert.Key)).Select(report => report.Experiment.Name)]),
        ],
        [
            .. from panel in panels
               select new PanelCoverage(
                   panel.Name,
                   panel.Title,
                   [.. reports.Where(report => report.Filled.Contains((panel.Name, panel.Title))).Select(report => report.Experiment.Name)]),
        ]);
    }
}
