using System.Xml.Linq;

namespace Causeway.Harness.Checks.Gates;

/// <summary>
/// The tests that need neither Terraform nor a platform: those of the workloads' sources, and what the offline suite holds of the repository as a whole.
/// </summary>
internal sealed class Tests : IGate
{
    // The offline suite's tests of the repository's own files, and of its programs, which are built here; those that run Terraform are in `causeway test`.
    private static readonly string[] OfRepository =
        ["-trait", "gate=repository", "-trait", "gate=programs", "-namespace-", "Causeway.Offline.Terraform*", "-trait-", "runs=Terraform"];

    /// <summary>The environment variable that a test sees where all gates run, so that what another gate looks at is not looked at twice.</summary>
    public const string OtherGates = "CAUSEWAY_GATES";

    public string Name => "tests without Terraform";

    public bool IsQuick => false;

    public Type? After => typeof(Build);

    public bool IsAbout(string file) => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".md", StringComparison.Ordinal);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        string[] projects = [.. GeneratedFile.Projects(context.Repository).Where(project => IsUnitTests(context.Repository, project))];

        foreach (var project in projects)
        {
            var key = await VerdictKeys.OfTestsAsync(context, project);

            if (context.Passed.Items(key) is { } tests)
            {
                tally.Expect(tests);
                tally.Unchanged(tests);
            }
            else if (await RunAsync(context, tally, project, [], stop) is { } passed)
            {
                context.Passed.Add(key, passed);
            }
        }

        await RunAsync(context, tally, "tests/Offline/Offline.csproj", OfRepository, stop);
    }

    private static bool IsUnitTests(Repository repository, string project) =>
        project.StartsWith("services/", StringComparison.Ordinal)
        && XDocument.Load(repository.PathTo(project)).Descendants("IsTestProject").Any(property => property.Value == "true");

    // The names of the tests where all passed, else null. Directory.Build.targets writes where a test project's program is.
    private static async Task<IReadOnlyList<string>?> RunAsync(
        CheckContext context, Tally tally, string project, string[] only, CancellationToken stop)
    {
        var place = Path.GetDirectoryName(project)!.Replace('/', '-');
        var results = context.Repository.PathTo("artifacts", "test-results", $"check-{place}.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        var program = (await File.ReadAllTextAsync(context.Repository.PathTo("artifacts", "suites", place), stop)).Trim();
        var run = await CommandLine.Of("dotnet", [program, "-noColor", "-noLogo", "-junit", results, .. only])
            .In(context.Repository.Root)
            .With("CAUSEWAY_ROOT", context.Repository.Root)
            .With(OtherGates, "run")
            .TryRunAsync(stop);
        var report = File.Exists(results) ? TestReport.Load(place, results) : TestReport.Empty(place);
        tally.Expect(project);
        var problem =
            report.Count(TestVerdict.Passed) + report.Count(TestVerdict.Failed) == 0 || (run.ExitCode != 0 && report.Count(TestVerdict.Failed) == 0)
                ? $"ended with exit code {run.ExitCode}, and no test of it failed:\n{run.Tail()}"
                : null;
        tally.Record(project, problem);

        foreach (var test in report.Tests)
        {
            tally.Expect(test.Name);

            if (test.Verdict is TestVerdict.Skipped)
            {
                tally.Skip(test.Name, test.Problem);
            }
            else
            {
                tally.Record(test.Name, test.Verdict is TestVerdict.Failed ? test.Problem : null);
            }
        }

        return problem is null && report.Tests.All(test => test.Verdict is TestVerdict.Passed) ? [project, .. report.Tests.Select(test => test.Name)] : null;
    }
}
