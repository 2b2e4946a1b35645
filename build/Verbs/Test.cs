using System.CommandLine;
using System.Xml.Linq;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway test</c>: formatting, build, and every test project there is. The last line reads <c>N passed, N failed</c>.</summary>
internal static class Test
{
    public static Command Verb()
    {
        var suite = new Option<string?>("--suite") { Description = "Only this test project, by its name (for example Offline)." };
        var filter = new Option<string?>("--filter") { Description = "Only test methods whose full name matches; * stands for anything." };
        var command = new Command("test", "Check formatting, build, and run every test project.") { suite, filter };
        command.SetAction((parsed, stop) => new Run(Repository.Find(), parsed.GetValue(suite), parsed.GetValue(filter)).AllAsync(stop));

        return command;
    }

    private sealed class Run(Repository repository, string? suite, string? filter)
    {
        private readonly ConsoleSteps steps = new();

        public async Task<int> AllAsync(CancellationToken stop)
        {
            string[] all = [.. GeneratedFile.Projects(repository).Where(project => File.ReadAllText(repository.PathTo(project)).Contains("<IsTestProject>true", StringComparison.Ordinal))];
            string[] chosen = [.. all.Where(project => suite is null || Path.GetFileNameWithoutExtension(project) == suite)];

            if (chosen is [])
            {
                throw new PlatformException($"No test project is called {suite}.", $"There are {string.Join(", ", all.Select(project => Path.GetFileNameWithoutExtension(project)))}.");
            }

            try
            {
                await PrepareAsync(stop);
            }
            catch (CommandFailedException error)
            {
                Console.WriteLine(error.Result.Tail(40));
                Console.WriteLine($"failed: {error.Message}");
                Console.WriteLine("to do:  `dotnet format Causeway.slnx` mends formatting; lock files out of date: `dotnet restore Causeway.slnx --force-evaluate`; otherwise read the compiler's lines above");
                Console.WriteLine("0 passed, 1 failed");

                return 1;
            }

            var total = new Counts(0, 0, 0);
            var empty = 0;

            try
            {
                foreach (var project in chosen)
                {
                    var counts = await SuiteAsync(project, stop);
                    empty += counts.Passed + counts.Failed == 0 ? 1 : 0;
                    total = total.Plus(counts);
                }
            }
            finally
            {
                // A run that was interrupted or killed leaves its platforms up.
                foreach (var purpose in "tv")
                {
                    await new LocalPlatform(repository, PlatformOptions.ForTests(repository, purpose), steps).DownAsync(CancellationToken.None);
                }
            }

            // A suite in which nothing ran is a failure of its own, unless a filter asked for so little.
            total = filter is null ? total with { Failed = total.Failed + empty } : total.Passed + total.Failed == 0 ? total with { Failed = 1 } : total;
            Console.WriteLine($"test suites: {all.Length} expected, {chosen.Length} checked, {all.Length - chosen.Length} left out by --suite, {empty} empty");
            Console.WriteLine($"{total.Passed} passed, {total.Failed} failed{(total.Skipped == 0 ? "" : $", {total.Skipped} skipped")}");

            return total.Failed == 0 ? 0 : 1;
        }

        private async Task PrepareAsync(CancellationToken stop)
        {
            CommandLine Dotnet(params string[] arguments) => CommandLine.Of("dotnet", arguments).In(repository.Root);

            await steps.RunAsync("Fetch tools", async _ =>
                await new ToolBox(repository, ToolManifest.Load(repository)).FetchNpmAsync(stop) is { Count: > 0 } fetched ? string.Join(", ", fetched) : "all there");
            await steps.RunAsync("Restore as locked", async progress =>
            {
                await Dotnet("restore", "Causeway.slnx", "--locked-mode", "--verbosity", "quiet").RunAsync(stop, progress);

                return $"{GeneratedFile.Projects(repository).Count} projects";
            });
            await steps.RunAsync("Check formatting", async progress =>
            {
                await Dotnet("format", "Causeway.slnx", "--no-restore", "--verify-no-changes").RunAsync(stop, progress);

                return "as .editorconfig says";
            });
            await steps.RunAsync("Build", async progress =>
            {
                await Dotnet("build", "Causeway.slnx", "--no-restore", "--verbosity", "quiet").RunAsync(stop, progress);

                return "no warnings";
            });
        }

        private async Task<Counts> SuiteAsync(string project, CancellationToken stop)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            // services/Directory.Build.props names outputs by path, since project names repeat there.
            var output = project.StartsWith("services/", StringComparison.Ordinal) ? Path.GetDirectoryName(project)!["services/".Length..].Replace('/', '-') : name;
            var results = repository.PathTo("artifacts", "test-results", $"{name}.xml");
            Directory.CreateDirectory(Path.GetDirectoryName(results)!);
            File.Delete(results);
            string[] only = filter is null ? [] : ["-method", filter];
            Counts? counts = null;

            await steps.RunAsync($"Run {name}", async progress =>
            {
                var program = repository.PathTo("artifacts", "bin", output, "debug", $"{name}.dll");
                var run = await CommandLine.Of("dotnet", [program, "-noColor", "-noLogo", "-junit", results, .. only]).In(repository.Root).TryRunAsync(stop, progress);
                counts = File.Exists(results) ? Read(results) : new Counts(0, 1, 0);

                // A run that broke off, before its results or while it cleaned up, has failed whatever its results say.
                if (run.ExitCode != 0 && counts.Failed == 0 && counts.Passed > 0)
                {
                    counts = counts with { Failed = 1 };
                }

                if (counts.Failed > 0)
                {
                    Console.WriteLine(run.Output + run.Error);
                }

                foreach (var gate in File.Exists(results) ? Gates(results) : [])
                {
                    Console.WriteLine($"         {gate}");
                }

                return $"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped";
            });

            return counts!;
        }

        // What the tests' own gates expected, checked and skipped.
        private static IEnumerable<string> Gates(string junit) =>
            XDocument.Load(junit).Descendants("system-out").SelectMany(output => output.Value.Split('\n')).Select(line => line.Trim()).Where(line => line.Contains(" expected, ", StringComparison.Ordinal));

        private static Counts Read(string junit)
        {
            var cases = XDocument.Load(junit).Descendants("testcase").ToArray();
            var failed = cases.Count(test => test.Element("failure") is not null || test.Element("error") is not null);
            var skipped = cases.Count(test => test.Element("skipped") is not null);

            return new Counts(cases.Length - failed - skipped, failed, skipped);
        }
    }

    private sealed record Counts(int Passed, int Failed, int Skipped)
    {
        public Counts Plus(Counts other) => new(Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped);
    }
}
