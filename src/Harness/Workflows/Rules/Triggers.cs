namespace Causeway.Harness.Workflows.Rules;

/// <summary>Nothing that a fork may start runs with this repository's rights.</summary>
internal sealed class Triggers() : WorkflowRule("GHA-6", "These events run with secrets and a token that may write, on what a fork has sent.")
{
    private static readonly string[] Refused = ["pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment"];

    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from trigger in file.Triggers.Intersect(Refused)
        select $"{WorkflowFile.Line(WorkflowFile.Field(file.Root, "on")!)}: the workflow is started by {trigger}; use pull_request, push, schedule or " +
            "workflow_dispatch";
}
