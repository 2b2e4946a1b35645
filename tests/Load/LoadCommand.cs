using System.CommandLine;
using System.Globalization;
using Causeway.Harness;
using Causeway.Load.Comparison;
using Causeway.Load.Reports;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios;

/// <summary>What <c>./causeway load</c> takes, and what it does.</summary>
public static class LoadCommand
{
    private const string ListName = "list";
    private const string AllName = "all";

    private static readonly Argument<string> Scenario = new("scenario")
    {
        Description = "Which scenario; `list` (the default) shows them, `all` runs every one.",
        DefaultValueFactory = _ => ListName,
    };

    private static readonly Option<TimeSpan?> Duration = Durations.Option("How long the main load lasts, as 30s, 5m or 1h (default: the scenario's own).");

    private static readonly Option<double?> Rate = new("--rate")
    {
        Description = "Arrivals per second of the main load (default: the scenario's own).",
        HelpName = "number",
    };

    private static readonly Option<string?> Workload = new("--workload") { Description = "Only scenarios of this workload.", HelpName = "name" };

    private static readonly Option<int?> Seed = new("--seed")
    {
        Description = "Of everything random; every run prints its own, so that it can be repeated.",
        HelpName = "number",
    };

    private static readonly Option<string[]> Limits = new("--threshold")
    {
        Description = "Another limit for a threshold, as name=value; may be given several times.",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> InstanceName = new("--instance")
    {
        Description = "Which running platform (default: `dev` if it is up, else one that is brought up for the run and taken down after it).",
        HelpName = "name",
    };

    private static readonly Option<string?> Compare = new("--compare")
    {
        Description = "A commit: run the scenario (default `steady`) in turns on it and on the files as they are, and say whether they differ.",
        HelpName = "ref",
    };

    private static readonly Option<int> Pairs = new("--pairs")
    {
        Description = $"How many pairs of runs --compare makes; {PairedRatios.FewestPairs} at least.",
        HelpName = "number",
        DefaultValueFactory = _ => PairedRatios.FewestPairs + 2,
    };

    public static RootCommand Root()
    {
        var root = new RootCommand(
            "Puts load on a workload of a running platform, judges and verifies what came of it, and writes reports to artifacts/load. " +
            "Exit code 0: passed. 1: a threshold or the verification failed. 2: wrong command line. 3: the result is invalid.")
        {
            Scenario, Duration, Rate, Workload, Seed, Limits, InstanceName, Compare, Pairs, ManifestGateCost.Verb(),
        };
        root.SetAction(RunAsync);

        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var repository = Repository.Find();
        var all = FoundScenario.In(typeof(LoadCommand).Assembly, repository);
        var workload = parsed.GetValue(Workload);
        var name = parsed.GetValue(Scenario)!;
        FoundScenario[] ofWorkload = [.. all.Where(found => workload is null || found.Workload == workload)];

        if (ofWorkload is [])
        {
            var workloads = string.Join(", ", all.Select(found => found.Workload).Distinct());

            throw new UsageException($"{workload} has no scenario.", $"There are scenarios of {workloads}.");
        }

        var options = Options(parsed);

        if (parsed.GetValue(Compare) is { } reference)
        {
            return await CompareAsync(FoundScenario.Choose(all, name is ListName ? "steady" : name, workload), options, reference, parsed, stop);
        }

        if (name is ListName)
        {
            return List(ofWorkload);
        }

        FoundScenario[] chosen = name is AllName ? ofWorkload : [FoundScenario.Choose(all, name, workload)];
        // A wrong name of a threshold must not be found after minutes.
        chosen.ToList().ForEach(found => _ = new Load.Thresholds(found.Scenario.Thresholds, options.Limits!));
        var exitCodes = new List<int>();
        await using var under = await PlatformUnderLoad.FindAsync(repository, parsed.GetValue(InstanceName), stop);

        foreach (var found in chosen)
        {
            Console.WriteLine($"\n{found.Workload} {found.Scenario.Name} (--seed {options.Seed}): {found.Scenario.Description}");
            var report = await new ScenarioRunner(repository, under.Platform, line => Console.WriteLine($"  {line}")).RunAsync(found, options, stop);
            Show(report, ScenarioRunner.FolderOf(repository, found));
            exitCodes.Add(report.ExitCode);
        }

        Console.WriteLine($"\nscenarios: {chosen.Length} expected, {exitCodes.Count} checked, 0 skipped; {exitCodes.Count(code => code is 0)} passed, " +
            $"{exitCodes.Count(code => code is 1)} failed, {exitCodes.Count(code => code is 3)} invalid");

        return exitCodes.Contains(1) ? 1 : exitCodes.Max();
    }

    private static Task<int> CompareAsync(FoundScenario found, ScenarioOptions options, string reference, ParseResult parsed, CancellationToken stop) =>
        parsed.GetValue(Pairs) is var pairs && pairs < PairedRatios.FewestPairs
            ? throw new UsageException($"--pairs {pairs} are too few to say anything.", $"Give {PairedRatios.FewestPairs} at least.")
            : parsed.GetValue(InstanceName) is not null
            ? throw new UsageException("--compare brings up platforms of its own.", "Leave --instance out.")
            : new ComparisonRun(Repository.Find(), found, options, pairs).RunAsync(reference, stop);

    private static ScenarioOptions Options(ParseResult parsed)
    {
        var limits = new Dictionary<string, double>();

        foreach (var text in parsed.GetValue(Limits)!)
        {
            if (text.Split('=') is not [var name, var value] || !double.TryParse(value, CultureInfo.InvariantCulture, out var limit))
            {
                throw new UsageException($"--threshold {text} is not a limit.", "Write it as name=value, such as p99=250.");
            }

            limits[name] = limit;
        }

        if (parsed.GetValue(Rate) is <= 0)
        {
            throw new UsageException($"--rate {parsed.GetValue(Rate)} lets nothing arrive.", "Give a number above 0.");
        }

        return new ScenarioOptions(parsed.GetValue(Seed) ?? Random.Shared.Next(1_000_000), parsed.GetValue(Duration), parsed.GetValue(Rate), limits);
    }

    private static int List(IReadOnlyList<FoundScenario> scenarios)
    {
        foreach (var (workload, scenario) in scenarios)
        {
            Console.WriteLine($"{workload} {scenario.Name}: {scenario.Description}");
            scenario.Thresholds.ToList().ForEach(threshold => Console.WriteLine($"    {threshold.Name,-20} {threshold}"));
        }

        return 0;
    }

    private static void Show(LoadReport report, string folder)
    {
        report.Thresholds.ToList().ForEach(result => Console.WriteLine($"  {result}"));

        if (report.Verification is { History: var history } verification)
        {
            Console.WriteLine($"  {(verification.Passed ? "passed" : "failed")} verification: {history.Acknowledged} acknowledged, {history.Found} found, " +
                $"{history.Lost} lost, {history.Duplicate} duplicate, {history.Unexpected} unexpected, {history.Unknown} unknown");
        }

        Console.WriteLine($"  {report.Verdict.ToString().ToLowerInvariant()}: {Path.Combine(folder, "report.html")}");

        foreach (var reason in report.Reasons)
        {
            Console.Error.WriteLine($"  {reason}");
        }
    }
}
