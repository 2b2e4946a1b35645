using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Workflows.Rules;

/// <summary>Actions are named by a whole commit, with their version beside it.</summary>
internal sealed partial class PinnedActions() : WorkflowRule("GHA-1", "A tag or branch of an action can be moved: what was reviewed is then not what runs.")
{
    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from node in file.Steps.Select(step => step.Uses).Concat(file.Jobs.Select(job => WorkflowFile.Field(job.Node, "uses"))).OfType<YamlScalarNode>()
        let uses = node.Value!
        where !uses.StartsWith("./", StringComparison.Ordinal)
        let problem = !Commit().IsMatch(uses)
            ? "does not name a whole commit; write <action>@<40 hexadecimal digits> # v<version>"
            : !Version().IsMatch(file.CommentOf(node)) ? "does not say its version; write # v<major>.<minor>.<patch> after it" : null
        where problem is not null
        select $"{WorkflowFile.Line(node)}: {uses} {problem}";

    [GeneratedRegex("^([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+@[0-9a-f]{40}|docker://[^@]+@sha256:[0-9a-f]{64})$")]
    private static partial Regex Commit();

    [GeneratedRegex(@"^v\d+\.\d+\.\d+$")]
    private static partial Regex Version();
}
