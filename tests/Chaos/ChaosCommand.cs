using System.CommandLine;
using Causeway.Chaos;
using Causeway.Chaos.Defects;
using Causeway.Chaos.Experiments;
using Causeway.Harness;
using Causeway.LoadScenarios;

namespace Causeway.ChaosExperiments;

/// <summary>What <c>./causeway chaos</c> takes, and what it does.</summary>
public static class ChaosCommand
{
    /// <summary>By which the program knows that it is not to run tests.</summary>
    public const string Argument = "chaos";

    private const string ListName = "list";
    private const string DefectsName = "defects";

    private static readonly Argument<string> Fault = new("fault")
    {
        Description = "Which fault; `list` (the default) shows them; `defects` sees that defects of test builds are caught.",
        DefaultValueFactory = _ => ListName,
    };

    private static readonly Argument<string?> DefectName = new("defect")
    {
        Description = "After `defects`: the only one to try, or `list`.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Repeat = new("--repeat")
    {
        Description = "How often each fault is made, each time with other choices.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> All = new("--all") { Description = "Every fault, one after another." };

    private static readonly Option<bool> Short = new("--short") { Description = "The few that are part of `./causeway test`." };

    private static readonly Option<TimeSpan?> Duration = Durations.Option("How long each fault lasts, as 30s, 5m or 1h (default: its own).");

    private static readonly Option<string?> Workload = new("--workload") { Description = "Only faults of this workload.", HelpName = "name" };

    private static readonly Option<int?> Seed = new("--seed")
    {
        Description = "Of everything random; every run prints its own, so that it can be repeated.",
        HelpName = "number",
    };

    private static readonly Option<string?> InstanceName = new("--instance")
    {
        Description = "The platform to break. It is brought up with rules in a faster time, and stays up (default: one of its own, which is taken down).",
        HelpName = "name",
    };

    private static readonly Option<bool> WithoutDrain = new("--without-drain")
    {
        Description = "Replace pods without the time to end what they are at, to see that it is noticed.",
    };

    public static RootCommand Root()
    {
        var root = new RootCommand(
            "Breaks a workload's platform on purpose, and checks that what was promised holds, that alerts fire and that panels show it. Reports are " +
            "written to artifacts/chaos. Exit code 0: passed. 1: failed. 2: wrong command line. 3: not steady before anything was broken.")
        {
            Fault, DefectName, All, Short, Repeat, Duration, Workload, Seed, InstanceName, WithoutDrain,
        };
        root.SetAction(RunAsync);

        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var repository = Repository.Find();
        var workload = parsed.GetValue(Workload);
        FoundExperiment[] all =
            [.. FoundExperiment.In(typeof(ChaosCommand).Assembly, repository).Where(found => workload is null || found.Workload == workload)];

        if (all is [])
        {
            throw new UsageException($"{workload} has no faults.", "Leave --workload out: `./causeway chaos list` shows what there is.");
        }

        var name = parsed.GetValue(Fault)!;
        var seed = parsed.GetValue(Seed) ?? Random.Shared.Next(1_000_000);

        if (name is DefectsName)
        {
            return await DefectsAsync(repository, all, new ChaosOptions(seed, parsed.GetValue(Duration)), parsed, stop);
        }

        if (parsed.GetValue(DefectName) is { } surplus)
        {
            throw new UsageException($"`{surplus}` stands after {name}.", "A second name stands after `defects` alone.");
        }

        var times = parsed.GetValue(Repeat) is > 0 and <= 100 and var number
            ? number
            : throw new UsageException("--repeat takes a number from 1 to 100.", "Write for example --repeat 20.");
        FoundExperiment[] chosen = (parsed.GetValue(All), parsed.GetValue(Short), name) switch
        {
            (true, true, _) or (true, _, not ListName) or (_, true, not ListName) =>
                throw new UsageException("--all, --short and the name of a fault exclude each other.", "Give one of them."),
            (true, _, _) => [.. RunningOrder.Of(all)],
            (_, true, _) => [.. all.Where(found => found.Experiment.IsShort)],
            (_, _, ListName) => [],
            _ => [FoundExperiment.Choose(all, name, workload)],
        };

        if (chosen is [])
        {
            return List(all);
        }

        chosen = [.. Enumerable.Repeat(chosen, times).SelectMany(once => once)];
        var options = new ChaosOptions(seed, parsed.GetValue(Duration), parsed.GetValue(WithoutDrain));
        var folder = parsed.GetValue(All) ? "all" : parsed.GetValue(Short) ? "short" : name;
        await using var broken = await PlatformToBreak.UpAsync(repository, parsed.GetValue(InstanceName), stop);
        var report = await new ChaosRunner(repository, broken.Platform, Console.WriteLine).RunAsync(folder, chosen, options, stop);
        var (tested, fired, filled) = (report.Coverage.Tested, report.Coverage.Fired, report.Coverage.Filled);

        Console.WriteLine();
        Console.WriteLine($"alerts with cases that fire and are silent: {tested.Covered} of {tested.All}");
        Console.WriteLine($"alerts that a fault fired here: {fired.Covered} of {fired.All}; {tested.All - fired.All} more need a cluster");
        Console.WriteLine($"panels of failures that a fault filled here: {filled.Covered} of {filled.All}");
        Console.WriteLine($"report: {Path.Combine(ChaosRunner.FolderOf(repository, folder), "report.html")}");
        Console.WriteLine(
            $"faults: {chosen.Length} expected, {report.Experiments.Count} checked, 0 skipped; {string.Join(", ", report.Experiments
                .GroupBy(one => one.Verdict).Select(verdict => $"{verdict.Count()} {verdict.Key.ToString().ToLowerInvariant()}"))}; " +
            $"{report.Took.TotalSeconds:0} s, --seed {options.Seed}");

        return report.ExitCode;
    }

    private static async Task<int> DefectsAsync(
        Repository repository, IReadOnlyList<FoundExperiment> experiments, ChaosOptions options, ParseResult parsed, CancellationToken stop)
    {
        var (workload, name) = (parsed.GetValue(Workload), parsed.GetValue(DefectName));
        Defect[] all = [.. Defect.All(repository).Where(defect => workload is null || defect.Workload == workload)];
        Defect[] chosen = name is null or ListName ? all : [.. all.Where(defect => defect.Name == name)];

        if (chosen is [])
        {
            throw new UsageException($"There is no defect {name}.", "`./causeway chaos defects list` shows what there is.");
        }

        if (name is ListName)
        {
            all.ToList().ForEach(defect => Console.WriteLine(
                $"{defect.Workload} {defect.Name}: {defect.Description}\n" +
                $"    caught by {DefectRunner.ExperimentOf(defect, experiments).Experiment.Name}: {defect.Check}"));

            return 0;
        }

        await using var broken = await PlatformToBreak.UpAsync(repository, parsed.GetValue(InstanceName), stop);
        var report = await new DefectRunner(repository, broken.Platform, Console.WriteLine).RunAsync(chosen, experiments, options, stop);
        var folder = ChaosRunner.FolderOf(repository, DefectsName);
        await report.WriteAsync(folder, stop);
        Console.WriteLine();

        foreach (var result in report.Results)
        {
            var (verdict, defect) = (result.Verdict.ToString().ToLowerInvariant(), result.Defect);
            Console.WriteLine($"{verdict,-8} {defect.Workload} {defect.Name} ({defect.Experiment}): {result.Found}");
        }

        Console.WriteLine($"report: {Path.Combine(folder, "report.html")}");
        Console.WriteLine($"{report.Summary}; {report.Took.TotalSeconds:0} s, --seed {report.Seed}");

        return report.ExitCode;
    }

    private static int List(IReadOnlyList<FoundExperiment> experiments)
    {
        foreach (var (workload, experiment, _) in experiments)
        {
            Console.WriteLine($"{workload} {experiment.Name}: {experiment.Description}");
            Console.WriteLine($"    lasts {experiment.Duration.TotalSeconds:0} s; failed share ≤ {experiment.Budget.FailedShare:0.###}, " +
                $"recovery ≤ {experiment.Budget.Recovery.TotalSeconds:0} s{(experiment.IsShort ? "; part of the short run" : "")}");
            Console.WriteLine($"    alerts: {(experiment.Alerts is [] ? "no page" : string.Join(", ", experiment.Alerts))}");
            Console.WriteLine($"    panels: {(experiment.Panels is [] ? "none" : string.Join("; ", experiment.Panels))}");
        }

        return 0;
    }
}
