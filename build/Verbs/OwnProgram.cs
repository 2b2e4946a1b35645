using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary>A verb that is a program of its own, since its processor time is measured: built optimised, as the services are, and given the arguments.</summary>
internal static class OwnProgram
{
    /// <param name="project">Its folder.</param>
    /// <param name="name">Of its assembly.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string project, string name, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var repository = Repository.Find();
        await CommandLine.Of("dotnet", "build", project, "--configuration", "Release", "--verbosity", "quiet", "-nologo").In(repository.Root).RunAsync(stop);
        var program = repository.PathTo("artifacts", "bin", name, "release", $"{name}.dll");
        var run = CommandLine.Of("dotnet", [program, .. arguments]) with { Inherits = true, Grace = TimeSpan.FromMinutes(2) };

        return (await run.In(repository.Root).With("CAUSEWAY_ROOT", repository.Root).TryRunAsync(stop)).ExitCode;
    }
}
