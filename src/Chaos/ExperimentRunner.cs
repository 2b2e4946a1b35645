using Causeway.Chaos.Evidence;
using Causeway.Chaos.Experiments;
using Causeway.Chaos.Reports;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Load.Measurement;
using Causeway.Load.Models;

namespace Causeway.Chaos;

/// <summary>
/// Runs experiments on a platform that is up: steady state asserted, fault, observed, healed, steady state asserted again. Requests arrive all the while, at a
/// rate of their own, whatever comes of them.
/// </summary>
/// <param name="say">Receives what happens, line by line.</param>
public sealed class ExperimentRunner(Repository repository, LocalPlatform platform, Action<string> say)
{
    /// <summary>Seconds in a row without a failure that make a steady state.</summary>
    public const int SteadySeconds = 5;

    private const double MostGeneratorCores = 0.5;
    private static readonly TimeSpan LongestMedian = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LateAlerts = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs one. What it breaks is healed whatever comes of it.</summary>
    public async Task<ExperimentReport> RunAsync(FoundExperiment found, ChaosOptions options, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        var report = new ExperimentReport
        {
            Workload = found.Workload,
            Experiment = found.Experiment,
            Options = options,
            Started = TimeProvider.System.GetUtcNow(),
        };
        var run = new ExperimentRun(repository, platform, found, options, say);

        try
        {
            await using var prepared = await found.Experiment.PrepareAsync(run, stop);
            report = await MeasureAsync(found, run, report, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested && error is PlatformException or CommandFailedException or HttpRequestException)
        {
            report = report with { BrokeOff = error.Message };
        }

        finally
        {
            // Where it broke off half way, there is no handle.
            (await platform.Faults.RevertAllAsync()).ToList().ForEach(left => say($"reverted: {left}"));
        }

        return report with { Took = TimeProvider.System.GetElapsedTime(started), Figures = run.Figures };
    }

    private async Task<ExperimentReport> MeasureAsync(FoundExperiment found, ExperimentRun run, ExperimentReport report, CancellationToken stop)
    {
        var experiment = found.Experiment;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        var prometheus = new Prometheus(platform.Addresses.Prometheus, http);
        var alerts = new AlertEvidence(prometheus, new Alertmanager(platform.Addresses.Alertmanager, http));
        var expected = run.Options.OnlyRequests ? [] : experiment.Alerts;
        var toShow = run.Options.OnlyRequests ? [] : experiment.Panels;
        var liveness = new LivenessEvidence(platform);
        var panels = new PanelEvidence(repository, prometheus, TimeSpan.FromSeconds((int)platform.Facts["telemetry"]!["interval"]!));
        // Before anything is broken: a name that does not exist must not be found afterwards.
        experiment.Panels.ToList().ForEach(panel => panels.PanelOf(panel));
        using var traffic = await (experiment.Traffic ?? found.Traffic).OpenAsync(platform, run.Options.Seed, stop);
        using var end = new CancellationTokenSource();
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = Task.WhenAll(alerts.WatchAsync(watch.Token), liveness.WatchAsync(watch.Token));
        var pulse = new Pulse();
        var loading = new OpenModel(RateProfile.Constant(experiment.Rate, Longest), run.Options.Seed).RunAsync(
            pulse.Counted(traffic.Request("chaos")), new LoadOptions { End = end.Token, MostGeneratorCores = MostGeneratorCores }, stop);

        try
        {
            return await PhasesAsync();
        }
        finally
        {
            await end.CancelAsync();
            await watch.CancelAsync();
            await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching;
        }

        async Task<ExperimentReport> PhasesAsync()
        {
            if (await SteadyAsync(pulse, expected, alerts, toShow, panels, stop) is { } unsteady)
            {
                return report with { NotSteady = unsteady };
            }

            var calm = TimeProvider.System.GetUtcNow();
            say($"steady; {experiment.Name} begins");
            var begun = pulse.Now;
            TimeSpan broken, healing;
            long? packets = null;
            var fault = await experiment.BreakAsync(run, stop);

            try
            {
                broken = pulse.Now;
                await LastAsync(fault, run.Duration, loading, stop);
                packets = fault is Fault { StopsPackets: true } one ? await one.StoppedPacketsAsync(stop) : null;
            }
            finally
            {
                healing = pulse.Now;
                await fault.DisposeAsync();
            }

            var moments = new Moments(begun, broken, healing, pulse.Now);
            var healed = TimeProvider.System.GetUtcNow();
            say($"healed after {(moments.Healed - moments.Begun).TotalSeconds:0.0} s");
            var recovery = await RecoveryAsync(pulse, moments.Healed, experiment.Budget.Recovery, stop);
            say(recovery is { } after ? $"recovered after {after.TotalSeconds:0.0} s" : "did not recover in time");
            await end.CancelAsync();
            var load = await loading;
            var verification = await traffic.VerifyAsync(stop);
            var fired = await LateAlertsAsync(alerts, expected, calm, healed, stop);
            var shown = new List<PanelResult>();
            var steady = TimeSpan.FromSeconds(SteadySeconds);

            foreach (var panel in toShow)
            {
                shown.Add(await panels.ReadAsync(panel, (calm - steady, calm), healed + steady, stop));
            }

            var filled = new List<(string, string)>();

            foreach (var (dashboard, panel) in panels.OfFailures)
            {
                var all = await panels.ReadAsync(ExpectedPanel.Fills(dashboard, panel), (calm, calm), healed, stop);
                filled.AddRange(all.During > 0 ? [(dashboard, panel)] : []);
            }

            return report with
            {
                Moments = moments,
                During = pulse.Between(moments.Begun, moments.Healed),
                Recovery = recovery,
                Acknowledged = traffic.Acknowledged,
                StoppedPackets = packets,
                Alerts = AlertEvidence.Judge(expected, fired),
                FailedLiveness = liveness.Failed,
                Fired = fired,
                Panels = shown,
                Filled = filled,
                Load = load,
                Verification = verification,
            };
        }
    }

    /// <summary>
    /// Waits for a steady state: nothing fails, answers come in time, every pod is ready, no alert fires that has to begin to, and no panel of failures has
    /// data that has to fill. What an earlier fault left in them passes by.
    /// </summary>
    /// <returns>Why there is none; null: there is.</returns>
    private async Task<string?> SteadyAsync(
        Pulse pulse,
        IReadOnlyList<ExpectedAlert> expected,
        AlertEvidence alerts,
        IReadOnlyList<ExpectedPanel> toShow,
        PanelEvidence panels,
        CancellationToken stop)
    {
        string? why = null;

        while (pulse.Now < Patience)
        {
            await Task.Delay(Look, stop);
            var now = pulse.Now;

            var recent = now - TimeSpan.FromSeconds(SteadySeconds + 1);

            if (recent < TimeSpan.Zero || pulse.SteadySince(recent, SteadySeconds) is null)
            {
                var (ended, failed) = pulse.Between(TimeSpan.Zero, now);
                why = $"{failed} of {ended} requests failed";
            }
            else if (pulse.MedianBetween(now - TimeSpan.FromSeconds(SteadySeconds), now) is not { } median || median > LongestMedian)
            {
                why = $"half of the requests take longer than {LongestMedian.TotalMilliseconds:0} ms";
            }
            else if (await alerts.FiringAsync(expected, stop) is { } firing)
            {
                why = $"{firing} fires already";
            }
            else if (await panels.FilledAsync(toShow, TimeSpan.FromSeconds(SteadySeconds), stop) is { } filled)
            {
                why = $"panel {filled.Dashboard}: {filled.Panel} shows failures already";
            }
            else if (await UnreadyAsync(stop) is { } unready)
            {
                why = $"pod {unready} is not ready";
            }
            else
            {
                return null;
            }
        }

        return why;
    }

    private async Task<string?> UnreadyAsync(CancellationToken stop)
    {
        foreach (var pod in await platform.PodsAsync(stop))
        {
            if (!await pod.IsReadyAsync(stop))
            {
                return pod.Name;
            }
        }

        return null;
    }

    private static async Task LastAsync(IAsyncDisposable fault, TimeSpan duration, Task loading, CancellationToken stop)
    {
        var ongoing = fault as Ongoing;
        var time = ongoing is { EndsByItself: true } ? ongoing.Work : Task.Delay(duration, stop);
        // What goes on, and the load, end before their time only where they fail.
        await await Task.WhenAny(time, ongoing?.Work ?? time, loading);
    }

    private static async Task<TimeSpan?> RecoveryAsync(Pulse pulse, TimeSpan healed, TimeSpan budget, CancellationToken stop)
    {
        while (pulse.Now - healed < budget + TimeSpan.FromSeconds(SteadySeconds + 1))
        {
            if (pulse.SteadySince(healed, SteadySeconds) is { } since)
            {
                return since - healed;
            }

            await Task.Delay(Look, stop);
        }

        return null;
    }

    // What is left unfinished ends after the fault, and so may what counts it.
    private static async Task<IReadOnlyList<FiredAlert>> LateAlertsAsync(
        AlertEvidence alerts, IReadOnlyList<ExpectedAlert> expected, DateTimeOffset begun, DateTimeOffset healed, CancellationToken stop)
    {
        while (true)
        {
            var fired = await alerts.FiredSinceAsync(begun, stop);

            if (AlertEvidence.Judge(expected, fired).All(alert => alert.Passed) || TimeProvider.System.GetUtcNow() - healed > LateAlerts)
            {
                return fired;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    }
}
