using System.Security.Cryptography;
using System.Text;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Reports;
using Causeway.Load.Reports;

namespace Causeway.Load.Scenarios;

/// <summary>Runs scenarios on a platform that is up, and writes their reports.</summary>
/// <param name="say">Receives what happens, line by line.</param>
public sealed class ScenarioRunner(Repository repository, LocalPlatform platform, Action<string> say)
{
    /// <summary>Where the reports of a scenario are written.</summary>
    public static string FolderOf(Repository repository, FoundScenario found) =>
        repository.PathTo("artifacts", "load", found.Workload, found.Scenario.Name);

    /// <summary>Runs one, and writes its report whatever came of it.</summary>
    /// <exception cref="UsageException">A limit is given for a threshold that the scenario has not.</exception>
    public async Task<LoadReport> RunAsync(FoundScenario found, ScenarioOptions options, CancellationToken stop)
    {
        var report = await MeasureAsync(found, options, stop);
        await ReportFiles.WriteAsync(report, FolderOf(repository, found), stop);

        return report;
    }

    /// <summary>Runs one without writing anything.</summary>
    /// <exception cref="UsageException">A limit is given for a threshold that the scenario has not.</exception>
    public async Task<LoadReport> MeasureAsync(FoundScenario found, ScenarioOptions options, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        var services = string.Join('|', platform.ComponentsOf(found.Workload).Select(component => $"{found.Workload}-{component}"));
        var meters = new ServiceMeters(new Prometheus(platform.Addresses.Prometheus, http), $"service_name=~\"{services}\"");
        var run = new ScenarioRun(found, options, repository, platform, UseAsync, say);
        var started = TimeProvider.System.GetTimestamp();
        var report = new LoadReport
        {
            Workload = found.Workload,
            Scenario = found.Scenario.Name,
            Description = found.Scenario.Description,
            Started = TimeProvider.System.GetUtcNow(),
            Took = TimeSpan.Zero,
            Revision = await CheckoutRevision.OfAsync(repository, stop),
            Configuration = await ConfigurationAsync(stop),
            Runtime = platform.Runtime.ToString().ToLowerInvariant(),
            Seed = options.Seed,
            Box = Box.This(),
        };
        await meters.BeginAsync(stop);
        await found.Scenario.RunAsync(run, stop);

        return run.AddTo(report) with { Services = await UseAsync(stop), Took = TimeProvider.System.GetElapsedTime(started) };

        async Task<IReadOnlyList<ServiceUse>> UseAsync(CancellationToken stop)
        {
            // The last export of a meter comes up to one interval after what it counts.
            await Task.Delay(TimeSpan.FromSeconds((int?)platform.Facts["telemetry"]?["interval"] ?? 0) + TimeSpan.FromSeconds(1), stop);

            return await meters.EndAsync(stop);
        }
    }

    // Every pod carries a digest of what it was made of.
    private async Task<string> ConfigurationAsync(CancellationToken stop)
    {
        var pods = await platform.PodsAsync(stop);
        var digests = string.Join('\n', pods.Select(pod => $"{pod.Owner} {pod.Hash}").Order(StringComparer.Ordinal));

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(digests)))[..16];
    }
}
