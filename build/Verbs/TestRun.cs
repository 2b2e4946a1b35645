using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Reports;
using Causeway.Harness.Reports.Sources;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary>
/// One run of <c>causeway test</c>. Suites run one after the other: each uses both cores by itself, as xUnit runs its collections beside each
/// other, and those that start processes and containers measure times, which another suite beside them would spoil.
/// </summary>
internal sealed class TestRun(Repository repository, string? suite, string? filter)
{
    private const int SlowestShown = 20;
    private const int LinesOfAFailure = 100;

    private readonly ConsoleSteps steps = new();

    public async Task<int> RunAsync(CancellationToken stop)
    {
        TestSuite[] all = [.. GeneratedFile.Projects(repository).SelectMany(project => TestSuite.Of(repository, project))];
        TestSuite[] chosen = [.. all.Where(one => suite is null || one.Name == suite)];

        if (chosen is [])
        {
            throw new PlatformException($"No test suite is called {suite}.", $"There are {string.Join(", ", all.Select(one => one.Name))}.");
        }

        try
        {
            await PrepareAsync([.. chosen.Select(one => one.Project).Distinct()], stop);
        }
        catch (CommandFailedException error)
        {
            Console.WriteLine(error.Result.Tail(40));
            Console.WriteLine($"failed: {error.Message}");
            Console.WriteLine("to do:  formatting: run `dotnet format Causeway.slnx`. Lock files: run `dotnet restore Causeway.slnx --force-evaluate`. Else " +
                "see the compiler's lines above.");
            Console.WriteLine("0 passed, 1 failed");

            return 1;
        }

        var reports = new List<TestReport>();
        var broken = 0;

        try
        {
            foreach (var one in chosen)
            {
                var (report, problem) = await SuiteAsync(one, stop);
                reports.Add(report);
                broken += problem is null ? 0 : 1;
            }
        }
        finally
        {
            // A run that was interrupted or killed leaves its platforms up.
            foreach (var purpose in "tvc")
            {
                await new LocalPlatform(repository, PlatformOptions.ForTests(repository, purpose), steps).DownAsync(CancellationToken.None);
            }
        }

        // Asked for by name, a suite without what it needs is an empty one.
        TestSuite[] skipped = [.. chosen.Where(one => suite is null && one.IsWithoutItsNeeds)];

        return Close(reports, broken, all.Length, skipped);
    }

    private int Close(List<TestReport> reports, int broken, int all, IReadOnlyList<TestSuite> without)
    {
        var totals = TestTotals.Of(reports, broken, all, [.. without.Select(one => one.Name)], filter is not null);

        Console.WriteLine($"slowest tests ({SlowestShown} at most):");

        foreach (var line in TestReport.Slowest(reports, SlowestShown))
        {
            Console.WriteLine(line);
        }

        // Once more at the end: the suites' own output is long, and what keeps it may keep only its end.
        if (TestReport.Failures(reports, LinesOfAFailure).ToArray() is { Length: > 0 } failures)
        {
            Console.WriteLine("failed tests:");
            Console.WriteLine(string.Join('\n', failures));
        }

        if (TestReport.Skips(reports).ToArray() is { Length: > 0 } skips)
        {
            Console.WriteLine("skipped tests:");
            Console.WriteLine(string.Join('\n', skips));
        }

        Console.WriteLine(totals.Suites);
        Console.WriteLine(totals);

        return totals.Failed is 0 ? 0 : 1;
    }

    private async Task PrepareAsync(string[] chosen, CancellationToken stop)
    {
        CommandLine Dotnet(params string[] arguments) => CommandLine.Of("dotnet", arguments).In(repository.Root);

        await steps.RunAsync("Fetch tools", async _ =>
        {
            var fetched = await new ToolBox(repository, ToolManifest.Load(repository)).FetchNpmAsync(stop);

            return fetched is { Count: > 0 } ? string.Join(", ", fetched) : "all there";
        });
        await steps.RunAsync("Restore as locked", async progress =>
        {
            await Dotnet("restore", "Causeway.slnx", "--locked-mode", "--verbosity", "quiet").RunAsync(stop, progress);

            return $"{GeneratedFile.Projects(repository).Count} projects";
        });

        // A filter asks for one test at once. The whole run checks formatting.
        if (filter is null)
        {
            await steps.RunAsync("Check formatting", async progress =>
            {
                var files = await repository.FilesAsync(stop, "*.cs");
                await CSharpFormat.Verification(repository, files).RunAsync(stop, progress);

                return $"{files.Count} files, as .editorconfig says";
            });
        }

        await steps.RunAsync("Build", async progress =>
        {
            await using var compiler = new CompilerServer(repository);

            // Tests also look at programs that their project does not name: those of services.
            foreach (var target in filter is not null && suite is not null ? chosen : ["Causeway.slnx"])
            {
                await Dotnet(["build", target, "--no-restore", "--verbosity", "quiet", .. compiler.Options]).RunAsync(stop, progress);
            }

            return "no warnings";
        });

        // Suites that run Terraform start the provider some thousand times.
        if (filter is null && chosen.Any(project => File.ReadAllText(repository.PathTo(project)).Contains("/Provider.csproj", StringComparison.Ordinal)))
        {
            await steps.RunAsync("Compile the provider", async progress =>
            {
                await new ProviderProgram(repository).EnsureNativeAsync(stop, progress);

                return await ProviderProgram.LinkerAsync(stop) is { } linker
                    ? $"native code, linked by {linker}"
                    : "ReadyToRun: there is no C compiler to link native code";
            });
        }
    }

    /// <summary>Runs one suite.</summary>
    /// <returns>Its report, and what went wrong beside its tests.</returns>
    private async Task<(TestReport Report, string? Problem)> SuiteAsync(TestSuite one, CancellationToken stop)
    {
        var results = repository.PathTo("artifacts", "test-results", $"{one.Place}{one.Suffix}.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        string[] only = filter is null ? [] : ["-method", filter];
        var report = TestReport.Empty(one.Name);
        string? problem = null;
        var revision = await CheckoutRevision.OfAsync(repository, stop);

        await steps.RunAsync($"Run {one.Name}", async progress =>
        {
            // Directory.Build.targets writes where a test project's program is.
            var program = (await File.ReadAllTextAsync(repository.PathTo("artifacts", "suites", one.Place), stop)).Trim();
            var run = await CommandLine.Of("dotnet", [program, "-noColor", "-noLogo", "-junit", results, .. one.Arguments, .. only])
                .In(repository.Root)
                .With("CAUSEWAY_RUNTIME", one.Runtime ?? "")
                .TryRunAsync(stop, progress);
            report = File.Exists(results) ? TestReport.Load(one.Name, results) : report;
            var failed = report.Count(TestVerdict.Failed);

            // A run that ended early, before its results or while it cleaned up, has failed whatever its results say.
            problem = !File.Exists(results) ? "wrote no results"
                : run.ExitCode != 0 && failed == 0 && report.Count(TestVerdict.Passed) > 0 ? $"ended with exit code {run.ExitCode}"
                : null;

            TestResults.Stamp(results, revision, filter, problem);

            if (failed > 0 || problem is not null)
            {
                Console.WriteLine(run.Output + run.Error);
            }

            foreach (var gate in report.Gates)
            {
                Console.WriteLine($"         {gate}");
            }

            return $"{report.Count(TestVerdict.Passed)} passed, {failed} failed, {report.Count(TestVerdict.Skipped)} " +
                $"skipped{(problem is null ? "" : $"; {problem}")}";
        });

        return (report, problem);
    }
}
