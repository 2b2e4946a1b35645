using System.CommandLine;
using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway load</c>: load tests. The scenarios are a program of their own (tests/Load), so that its processor time is the generator's alone. Everything
/// after the verb is that program's, so it is taken before the command line is parsed.
/// </summary>
internal static class Load
{
    private const string Project = "tests/Load";

    public static Command Verb() => new(
        "load",
        "Put load on a workload, judge and verify what came of it, and write a report: `causeway load list` shows the scenarios, `causeway load --help` all.")
    {
        new Argument<string?>("scenario") { Arity = ArgumentArity.ZeroOrOne },
    };

    /// <summary>Whether the arguments call this verb.</summary>
    public static bool Is(string[] args) => args is ["load", ..];

    /// <param name="arguments">What follows the verb.</param>
    /// <returns>The program's exit code: 0 passed, 1 failed, 2 wrong arguments, 3 invalid.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        var repository = Repository.Find();
        // Optimised, as the services are: a generator that is slow measures itself.
        await CommandLine.Of("dotnet", "build", Project, "--configuration", "Release", "--verbosity", "quiet", "-nologo").In(repository.Root).RunAsync(stop);
        var program = repository.PathTo("artifacts", "bin", "LoadScenarios", "release", "LoadScenarios.dll");
        var run = CommandLine.Of("dotnet", [program, .. arguments]) with { Inherits = true, Grace = TimeSpan.FromMinutes(2) };

        return (await run.In(repository.Root).With("CAUSEWAY_ROOT", repository.Root).TryRunAsync(stop)).ExitCode;
    }
}
