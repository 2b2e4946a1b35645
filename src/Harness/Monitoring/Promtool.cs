using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Monitoring;

/// <summary>Prometheus' own checker of rules and runner of their tests (https://prometheus.io/docs/prometheus/latest/command-line/promtool/).</summary>
public sealed class Promtool(ToolBox tools)
{
    /// <summary>What is wrong with a file of rules; null: nothing.</summary>
    public async Task<string?> CheckAsync(string file, CancellationToken stop) => Problem(await RunAsync(["check", "rules", file], stop));

    /// <summary>What fails in a file of tests; null: nothing.</summary>
    public async Task<string?> TestAsync(string file, CancellationToken stop) => Problem(await RunAsync(["test", "rules", file], stop));

    /// <summary>Names of the alerts in a file of rules, each as often as it has rules.</summary>
    public static IEnumerable<string> AlertsOf(JsonNode file) =>
        from @group in file["groups"]!.AsArray()
        from rule in @group!["rules"]!.AsArray()
        where rule!["alert"] is not null
        select (string)rule["alert"]!;

    private async Task<CommandResult> RunAsync(string[] arguments, CancellationToken stop) =>
        await new CommandLine(await tools.ProgramAsync("promtool", stop), arguments).TryRunAsync(stop);

    private static string? Problem(CommandResult result) => result.ExitCode == 0 ? null : $"{result.Output}{result.Error}".Trim();
}
