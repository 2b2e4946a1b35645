using Causeway.Harness.Tools;

namespace Causeway.Harness.Monitoring;

/// <summary>Alertmanager's own checker of its configuration (https://github.com/prometheus/alertmanager#amtool).</summary>
public sealed class Amtool(ToolBox tools)
{
    /// <summary>What is wrong with a configuration; null: nothing.</summary>
    public async Task<string?> CheckAsync(string file, CancellationToken stop)
    {
        var result = await RunAsync(["check-config", file], stop);

        return result.ExitCode == 0 ? null : $"{result.Output}{result.Error}".Trim();
    }

    /// <summary>The receivers that an alert goes to, separated by commas.</summary>
    /// <param name="labels">The alert's labels, each as <c>name=value</c>.</param>
    /// <exception cref="PlatformException">The configuration is not valid.</exception>
    public async Task<string> ReceiversAsync(string file, IEnumerable<string> labels, CancellationToken stop)
    {
        var result = await RunAsync(["config", "routes", "test", $"--config.file={file}", .. labels], stop);

        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new PlatformException(
                $"amtool cannot follow the routes of {file}.", "See what `amtool check-config` says of it.", $"{result.Output}{result.Error}".Trim());
    }

    private async Task<CommandResult> RunAsync(string[] arguments, CancellationToken stop) =>
        await new CommandLine(await tools.ProgramAsync("amtool", stop), arguments).TryRunAsync(stop);
}
