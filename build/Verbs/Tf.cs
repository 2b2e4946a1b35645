using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway tf</c>: any Terraform command for the folder the user stands in, against a simulated cloud, in a working copy. Only <c>fmt</c> works in place.
/// Everything after the verb is Terraform's, so it is taken before the command line is parsed.
/// </summary>
internal static class Tf
{
    public static Command Verb() => new(
        "tf",
        "Run Terraform for the current folder, in a copy of it, against a simulated cloud: `causeway tf test`. What follows is Terraform's, after " +
        "--given <file> and --allow-programs. `causeway tf --real providers lock` records the registry's packages of providers.");

    /// <summary>Whether the arguments call this verb.</summary>
    public static bool Is(string[] args) => args is ["tf", ..];

    /// <param name="arguments">What follows the verb.</param>
    /// <returns>Terraform's own exit code; 1 where it would succeed with nothing done.</returns>
    /// <exception cref="UsageException">The command needs a network, or the folder does not exist.</exception>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        var called = TfArguments.Parse(arguments, Environment.CurrentDirectory);

        if (called.Command is null && (called.WantsHelp || called.All is []))
        {
            ShowOptions();
        }

        if (called.WantsHelp || called.Command is null or "version" or "fmt" or "metadata")
        {
            return await InPlaceAsync(called, stop);
        }

        if (called.Real)
        {
            return (called.Command, called.SubCommand) is ("providers", "lock")
                ? await LockAsync(called, stop)
                : throw new UsageException(
                    "--real goes with `providers lock` alone.",
                    "`./causeway plan --real` plans and applies in an account; for anything else run Terraform itself.");
        }

        if (Asked(called) is { } asked)
        {
            throw new UsageException($"`terraform {asked}` asks a host on the network, which nothing does here.", called.SubCommand is "lock"
                ? "Put --real before it: `causeway tf --real providers lock` asks the registry."
                : "Run Terraform itself for it.");
        }

        if (Nothing(called) is { } nothing)
        {
            return Failures.Report(nothing, null, "Change to the folder of a module or a configuration, or name it: `tf -chdir=FOLDER …`.");
        }

        await new Janitor(Repository.Find(), Console.Error.WriteLine).SweepAsync(stop);
        await using var root = await TerraformRoot.CopyAsync(
            called.Folder,
            new TerraformOptions { Real = false, Given = called.Given, AllowPrograms = called.AllowPrograms, OnProgress = Console.Error.WriteLine },
            stop);

        if (called.Command is not "init")
        {
            await root.InitAsync(stop);
        }

        return await root.RunAsync([.. called.All, .. TestDirectory(called)], stop);
    }

    // In a copy like all the others, so that no .terraform folder is left beside the root; only the lock file comes back.
    private static async Task<int> LockAsync(TfArguments called, CancellationToken stop)
    {
        await using var root = await TerraformRoot.CopyAsync(called.Folder, new TerraformOptions { Real = true }, stop);
        var exitCode = await root.RunAsync(["get"], stop);
        exitCode = exitCode is 0 ? await root.RunAsync(called.All, stop) : exitCode;

        if (exitCode is 0)
        {
            var file = Path.Combine(called.Folder, LockFile.Name);
            File.Copy(Path.Combine(root.Folder, LockFile.Name), file, overwrite: true);
            Console.WriteLine($"recorded in {file}: look at it, and commit it");
        }

        return exitCode;
    }

    // Ours come before Terraform's words, in its help as in its command line.
    private static void ShowOptions() => Console.WriteLine(
        """
        Usage: causeway tf [our options] [global options] <subcommand> [args]

        Our options, before Terraform's words:
          --given <file>      A file that declares what exists outside of the run; may be repeated.
          --allow-programs    Start the configuration's own programs: local-exec, data "external".
          --real              With `providers lock` alone: record the registry's packages of providers.

        What follows is Terraform's:

        """);

    // These ask nothing of a configuration that would have to be initialised first; and `fmt` is to change the files themselves.
    private static async Task<int> InPlaceAsync(TfArguments called, CancellationToken stop)
    {
        var terraform = new CommandLine("terraform", called.All) { Folder = called.Folder, Inherits = true };
        var result = await terraform.With("CHECKPOINT_DISABLE", "1").With("TF_CLI_CONFIG_FILE", "/dev/null").TryRunAsync(stop);

        return result.ExitCode;
    }

    /// <summary>What of the command line asks a host on the network, or null. A module's source is checked where all others are.</summary>
    private static string? Asked(TfArguments called) => (called.Command, called.SubCommand) switch
    {
        ("login" or "logout", _) => called.Command,
        ("providers", "lock" or "mirror") => $"providers {called.SubCommand}",
        ("init", _) when called.Has("from-module") => "init -from-module",
        _ => null,
    };

    // Terraform calls it a success when it finds nothing to look at.
    private static string? Nothing(TfArguments called) => called.Command switch
    {
        "test" => NothingToTest(called, called.ValuesOf("test-directory") is [.., var directory] ? directory : null),
        "validate" when !Configuration.Files(called.Folder).Any() => $"No *.tf in {called.Folder}: nothing would be validated.",
        _ => null,
    };

    private static string? NothingToTest(TfArguments called, string? directory)
    {
        var filters = called.ValuesOf("filter");
        string[] tests = [.. TestFiles.In(called.Folder, directory).Where(TestFiles.HasRuns)];

        return tests is [] ? $"No *.tftest.hcl with a `run` block in {called.Folder} or its {directory ?? "tests"}/: nothing would be tested."
            : filters is not [] && !filters.Any(filter => tests.Contains(Path.GetFullPath(filter, called.Folder)))
                ? $"No test file is {string.Join(" or ", filters)}: nothing would be tested. " +
                    $"There are {string.Join(", ", tests.Select(test => Path.GetRelativePath(called.Folder, test)))}."
            : null;
    }

    private static string[] TestDirectory(TfArguments called) =>
        called.Command is "test" or "init" or "validate" && !called.Has("test-directory") && TestFiles.Directory(called.Folder) is { } tests
            ? [$"-test-directory={tests}"]
            : [];
}
