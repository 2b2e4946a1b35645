using System.CommandLine;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway load</c>: load tests. The scenarios are a program of their own (tests/Load), so that its processor time is the generator's alone. Everything
/// after the verb is that program's, so it is taken before the command line is parsed.
/// </summary>
internal static class Load
{
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
    public static Task<int> RunAsync(string[] arguments, CancellationToken stop) =>
        OwnProgram.RunAsync("tests/Load", "LoadScenarios", arguments, stop);
}
