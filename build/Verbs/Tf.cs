using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Terraform;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway tf</c>: any Terraform command for the folder the user stands in, against a simulated cloud, in a working copy. Only <c>fmt</c> works in place.
/// Everything after the verb is Terraform's, so it is taken before the command line is parsed.
/// </summary>
internal static class Tf
{
    // These ask nothing of a configuration that would have to be initialised first.
    private static readonly string[] WithoutInit = ["init", "version", "-version", "--version", "-v", "-help", "--help", "-h", "fmt", "login", "logout", "metadata"];

    public static Command Verb() => new("tf", "Run Terraform for the current folder, in a copy of it, against a simulated cloud: `causeway tf test`. Everything that follows is Terraform's.");

    /// <summary>Whether the arguments call this verb.</summary>
    public static bool Is(string[] args) => args is ["tf", ..];

    /// <param name="arguments">What follows the verb.</param>
    /// <returns>Terraform's own exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        var here = Environment.CurrentDirectory;

        if (arguments is ["fmt", ..])
        {
            return (await (CommandLine.Of("terraform", arguments) with { Folder = here, Inherits = true }).TryRunAsync(stop)).ExitCode;
        }

        var repository = Repository.Find();
        await new Janitor(repository, Console.Error.WriteLine).SweepAsync(stop);
        await using var root = await TerraformRoot.CopyAsync(here, new TerraformOptions { Real = false }, stop);

        if (arguments is [var command, ..] && !WithoutInit.Contains(command) && !arguments.Contains("-help"))
        {
            await root.InitAsync(stop);
        }

        return await root.RunAsync([.. arguments, .. TestDirectory(arguments, here)], stop);
    }

    private static string[] TestDirectory(string[] arguments, string folder) =>
        arguments is ["test" or "init" or "validate", ..] && !arguments.Any(argument => argument.StartsWith("-test-directory", StringComparison.Ordinal)) && TestFiles.Directory(folder) is { } tests
            ? [$"-test-directory={tests}"]
            : [];
}
