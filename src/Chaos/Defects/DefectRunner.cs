using Causeway.Chaos.Experiments;
using Causeway.Chaos.Reports;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Chaos.Defects;

/// <summary>
/// Plays one defect after another in the place of the component that it is in, and runs the experiment that must catch it. Afterwards the platform has its
/// own components again.
/// </summary>
/// <param name="say">Receives what happens, line by line.</param>
public sealed class DefectRunner(Repository repository, LocalPlatform platform, Action<string> say)
{
    /// <summary>Runs them.</summary>
    /// <exception cref="PlatformException">A defect names an experiment that there is not.</exception>
    public async Task<DefectReport> RunAsync(
        IReadOnlyList<Defect> defects, IReadOnlyList<FoundExperiment> experiments, ChaosOptions options, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        // One that is misspelt is found before the first is built.
        var chosen = defects.Select(defect => (Defect: defect, Experiment: ExperimentOf(defect, experiments))).ToArray();
        var build = new DefectBuild(repository, new Podman(repository, platform.Instance));
        var (results, references) = (new List<DefectResult>(), new List<string>());

        try
        {
            foreach (var (defect, experiment) in chosen)
            {
                say($"{defect.Workload} {defect.Name}: {defect.Description}");
                var result = await RunAsync(defect, experiment, build, references, options, stop);
                results.Add(result);
                say($"  {result.Verdict.ToString().ToLowerInvariant()} in {result.Took.TotalSeconds:0} s: {result.Found}");
                result.Others.ToList().ForEach(other => say($"  failed as well: {other}"));
            }
        }
        finally
        {
            await platform.PlayImagesAsync(new Dictionary<string, string>(), CancellationToken.None);
            await build.RemoveAsync(references, CancellationToken.None);
        }

        return new DefectReport(options.Seed, defects.Count, results, TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>The experiment that must catch a defect.</summary>
    /// <exception cref="PlatformException">There is none of the name.</exception>
    public static FoundExperiment ExperimentOf(Defect defect, IReadOnlyList<FoundExperiment> experiments) =>
        experiments.FirstOrDefault(found => found.Workload == defect.Workload && found.Experiment.Name == defect.Experiment)
            ?? throw new PlatformException(
                $"Defect {defect.Name} of {defect.Workload} names the fault {defect.Experiment}, which there is not.",
                "`./causeway chaos list` shows what there is.");

    private async Task<DefectResult> RunAsync(
        Defect defect, FoundExperiment experiment, DefectBuild build, List<string> references, ChaosOptions options, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();

        try
        {
            var reference = await build.ImageAsync(defect, stop);
            references.Add(reference);
            say($"  built after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
            await platform.PlayImagesAsync(new Dictionary<string, string> { [defect.Owner] = reference }, stop);
            say($"  runs after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
        }
        catch (Exception error) when (error is CommandFailedException or PlatformException)
        {
            return new DefectResult(defect, null, error.Message, TimeProvider.System.GetElapsedTime(started));
        }

        var watched = options with
        {
            Duration = options.Duration ?? defect.Duration,
            // A fault that lasts as long as a check needs may be too short for an alert.
            OnlyRequests = !(defect.Check.StartsWith("alert ", StringComparison.Ordinal) || defect.Check.StartsWith("panel ", StringComparison.Ordinal)),
        };
        var report = await new ExperimentRunner(repository, platform, line => say($"  {line}")).RunAsync(experiment, watched, stop);

        return new DefectResult(defect, report, null, TimeProvider.System.GetElapsedTime(started));
    }
}
