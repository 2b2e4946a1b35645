using Causeway.Harness.Terraform.Providers;

namespace Causeway.Harness.Terraform.Running;

/// <summary>The real Terraform, run in one folder with an environment that holds nothing it should not see.</summary>
/// <param name="folder">The working copy of the root, where it runs.</param>
/// <param name="own">The root's own folder beside the copied files; what Terraform prints goes through files there.</param>
/// <param name="shown">The root as the user knows it, for messages.</param>
/// <param name="variables">Environment variables set for it, over what is left of ours.</param>
public sealed class TerraformProgram(string folder, string own, string shown, TerraformOptions options, IReadOnlyDictionary<string, string> variables)
{
    // Variables of the user's that would steer Terraform or hand credentials to it. https://developer.hashicorp.com/terraform/cli/config/environment-variables
    private static readonly string[] Hidden = ["AWS_", "TF_", "TERRAFORM_", "GOOGLE_", "GITHUB_TOKEN", "KUBE", "HELM_"];

    /// <summary>Variables over the others for the commands that fetch modules and providers, and run nothing of the configuration's.</summary>
    public IReadOnlyDictionary<string, string> WhenFetching { get; init; } = new Dictionary<string, string>();

    /// <summary>Providers that run already, for the commands that ask any; null where Terraform starts its own.</summary>
    internal ResidentProviders? Resident { get; init; }

    /// <summary>Whether Terraform, and what it starts, must not see one of our own variables.</summary>
    internal static bool IsHidden(string name, TerraformOptions options) =>
        !options.Real && Hidden.Any(hidden => name.StartsWith(hidden, StringComparison.Ordinal));

    /// <summary>Runs a command to its end, whatever its exit code.</summary>
    /// <exception cref="TimeoutException">It took longer than <see cref="TerraformOptions.Timeout"/>; its state is saved if it used its grace.</exception>
    /// <exception cref="FileNotFoundException">There is no Terraform on this machine.</exception>
    public async Task<CommandResult> TryRunAsync(IReadOnlyList<string> arguments, CancellationToken stop, bool inherits = false)
    {
        using var limit = new CancellationTokenSource(options.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);

        var command = CommandLine.Of(Find(), [.. arguments]) with
        {
            Folder = folder,
            Grace = options.Grace,
            Hides = name => IsHidden(name, options),
            Variables = await VariablesAsync(arguments, either.Token),
            Inherits = inherits,
        };

        try
        {
            return inherits ? await InSession(command).TryRunAsync(either.Token) : await FollowAsync(command, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException($"terraform {arguments[0]} in {shown} took longer than {options.Timeout} and was stopped. Give it more time, or find " +
                "what it waits for with TF_LOG=debug.");
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
        var said = $"{result.Output}\n{result.Error}\n{Resident?.LastWords}".Split('\n');
        var readable = string.Join('\n', said.Select(Diagnostic.Readable).OfType<string>().Where(line => line.Length > 0).TakeLast(40));

        return new TerraformException(arguments[0], shown, Diagnostic.ParseAll(result.Output), readable);
    }

    private async Task<IReadOnlyDictionary<string, string>> VariablesAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var command = arguments.FirstOrDefault(argument => !argument.StartsWith('-'));

        // `init` must find the providers where a user's would: in the mirror, in versions that fit.
        return command switch
        {
            "init" or "get" => With(WhenFetching),
            "plan" or "apply" or "destroy" or "refresh" or "import" or "test" or "validate" or "show" or "console" when Resident is not null =>
                With(new Dictionary<string, string> { [ResidentProviders.Variable] = await Resident.AttachAsync(stop) }),
            _ => variables,
        };
    }

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string> others) =>
        new(variables.Concat(others).GroupBy(pair => pair.Key).Select(same => same.Last()));

    // Through files, not pipes: where we are killed, a pipe's next line would kill Terraform too, before it saves what it has just made.
    private async Task<CommandResult> FollowAsync(CommandLine command, CancellationToken stop)
    {
        var name = Path.Combine(own, Guid.NewGuid().ToString("N"));
        using var output = new FileTail($"{name}.out");
        using var error = new FileTail($"{name}.err");
        using var ended = new CancellationTokenSource();
        var texts = Task.WhenAll(output.ReadAsync(Tell, ended.Token), error.ReadAsync(Tell, ended.Token));

        try
        {
            var result = await InSession(command with
            {
                Program = "sh",
                Arguments = [
                    "-c", "out=$1 err=$2; shift 2; exec \"$@\" >>\"$out\" 2>>\"$err\"", "sh", output.Path, error.Path, command.Program, .. command.Arguments
                ],
            }).TryRunAsync(stop);
            await ended.CancelAsync();
            var (said, complained) = await texts is [var first, var second] ? (first, second) : ("", "");

            return result with { Output = said, Error = result.Error + complained };
        }
        finally
        {
            await ended.CancelAsync();
            await texts;
        }
    }

    // A session of its own: a terminal's Ctrl-C would reach it beside our own SIGINT, and a second one makes it give up its state.
    private static CommandLine InSession(CommandLine command) => command with { Program = "setsid", Arguments = [command.Program, .. command.Arguments] };

    private void Tell(string line)
    {
        if (options.OnLine is { } tell && Diagnostic.Readable(line) is { } readable)
        {
            tell(readable);
        }
    }

    /// <summary>The path of the Terraform that runs.</summary>
    /// <exception cref="FileNotFoundException">There is no Terraform on this machine.</exception>
    public static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, "terraform")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("terraform is not installed. `./causeway doctor` says how to get it.", "terraform");
}
