using System.CommandLine;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway chaos</c>: chaos tests. The faults are a program of their own (tests/Chaos), which makes the requests, too. Everything after the verb is that
/// program's, so it is taken before the command line is parsed.
/// </summary>
internal static class Chaos
{
    public static Command Verb() => new(
        "chaos",
        "Break a workload's platform on purpose, and check that promises hold, alerts fire and panels show it: `causeway chaos list` shows the faults, " +
        "`causeway chaos --help` all.")
    {
        // The program reads them; here they are only let through.
        new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore },
    };

    /// <summary>Whether the arguments call this verb.</summary>
    public static bool Is(string[] args) => args is ["chaos", ..];

    /// <param name="arguments">What follows the verb.</param>
    /// <returns>The program's exit code: 0 passed, 1 failed, 2 wrong arguments, 3 not steady before anything was broken.</returns>
    public static Task<int> RunAsync(string[] arguments, CancellationToken stop) =>
        OwnProgram.RunAsync("tests/Chaos", "Chaos", ["chaos", .. arguments], stop);
}
