namespace Causeway.Harness.Terraform;

/// <summary>The real Terraform, run in one folder with an environment that holds nothing it should not see.</summary>
/// <param name="folder">The working copy of the root, where it runs.</param>
/// <param name="shown">The root as the user knows it, for messages.</param>
/// <param name="variables">Environment variables set for it, over what is left of ours.</param>
public sealed class TerraformProgram(string folder, string shown, TerraformOptions options, IReadOnlyDictionary<string, string> variables)
{
    // Variables of the user's that would steer Terraform or hand credentials to it. https://developer.hashicorp.com/terraform/cli/config/environment-variables
    private static readonly string[] Hidden = ["AWS_", "TF_", "TERRAFORM_", "GOOGLE_", "GITHUB_TOKEN", "KUBE", "HELM_"];

    /// <summary>Runs a command to its end, whatever its exit code.</summary>
    /// <exception cref="TimeoutException">It took longer than <see cref="TerraformOptions.Timeout"/>; its state is saved if it used its grace.</exception>
    /// <exception cref="FileNotFoundException">There is no Terraform on this machine.</exception>
    public async Task<CommandResult> TryRunAsync(IReadOnlyList<string> arguments, CancellationToken stop, bool inherits = false)
    {
        using var limit = new CancellationTokenSource(options.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);

        // A session of its own: a terminal's Ctrl-C would reach it beside our own SIGINT, and a second one makes it give up its state.
        var command = CommandLine.Of("setsid", [Find(), .. arguments]) with
        {
            Folder = folder,
            Grace = options.Grace,
            Hides = name => !options.Real && Hidden.Any(hidden => name.StartsWith(hidden, StringComparison.Ordinal)),
            Variables = variables,
            Inherits = inherits,
        };

        try
        {
            return await command.TryRunAsync(either.Token, line => Tell(line));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException($"terraform {arguments[0]} in {shown} took longer than {options.Timeout} and was stopped. Give it more time, or find what it waits for with TF_LOG=debug.");
        }
    }

    /// <summary>Runs a command that knows <c>-json</c>; an exit code other than 0 is an error.</summary>
    /// <exception cref="TerraformException">Terraform refused; every error with file and line.</exception>
    public async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var result = await TryRunAsync(arguments, stop);

        return result.ExitCode == 0 ? result : throw Refused(arguments, result);
    }

    internal TerraformException Refused(IReadOnlyList<string> arguments, CommandResult result)
    {
        var readable = string.Join('\n', $"{result.Output}\n{result.Error}".Split('\n').Select(Diagnostic.Readable).OfType<string>().Where(line => line.Length > 0).TakeLast(40));

        return new TerraformException(arguments[0], shown, Diagnostic.ParseAll(result.Output), readable);
    }

    private void Tell(string line)
    {
        if (options.OnLine is { } tell && Diagnostic.Readable(line) is { } readable)
        {
            tell(readable);
        }
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, "terraform")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("terraform is not installed. `./causeway doctor` says how to get it.", "terraform");
}
