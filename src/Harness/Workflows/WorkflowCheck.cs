using Causeway.Harness.Tools;

namespace Causeway.Harness.Workflows;

/// <summary>What a check of workflows came to.</summary>
/// <param name="Checked">The files that were looked at.</param>
/// <param name="Problems">Each with file, line and rule.</param>
public sealed record WorkflowVerdict(IReadOnlyList<string> Checked, IReadOnlyList<string> Problems);

/// <summary>Holds the workflows and composite actions of a repository against actionlint and against every <see cref="WorkflowRule"/>.</summary>
public sealed class WorkflowCheck(Repository repository, ToolBox tools)
{
    /// <exception cref="InvalidDataException">A file is not YAML, or neither a workflow nor an action.</exception>
    /// <exception cref="PlatformException">There are no workflows: nothing would be checked.</exception>
    public async Task<WorkflowVerdict> RunAsync(CancellationToken stop)
    {
        var files = WorkflowFile.All(repository);

        if (files.All(file => file.IsAction))
        {
            throw new PlatformException("There is no workflow in .github/workflows, so nothing was checked.", "Restore the folder from git.");
        }

        var linted = await new Actionlint(repository, tools).CheckAsync(
            [.. files.Where(file => !file.IsAction).Select(file => (file.Name, file.Text))], stop);

        return new WorkflowVerdict(
            [.. files.Select(file => file.Name)],
            [
                .. from file in files
                   from problem in linted[file.Name].Select(problem => $"{file.Name}, {problem} (actionlint)").Concat(ByRules(file))
                   select problem,
            ]);
    }

    /// <summary>What a file violates of the rules, as <c>file, line 3: what (GHA-1)</c>.</summary>
    /// <param name="rules">Null: all.</param>
    public static IEnumerable<string> ByRules(WorkflowFile file, IReadOnlyList<WorkflowRule>? rules = null) =>
        from rule in rules ?? WorkflowRule.All
        from problem in rule.Problems(file)
        select $"{file.Name}, {problem} ({rule.Id})";
}
