namespace Causeway.Harness.Workflows.Rules;

/// <summary>A checkout leaves no token behind.</summary>
internal sealed class CheckoutCredentials() : WorkflowRule(
    "GHA-3", "actions/checkout writes the job's token into .git/config, where every later step and every artifact of the folder has it.")
{
    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from step in file.Steps
        where step.Uses?.Value?.StartsWith("actions/checkout@", StringComparison.Ordinal) is true
        where WorkflowFile.TextOf(WorkflowFile.Field(step.Node, "with"), "persist-credentials") is not "false"
        select $"{WorkflowFile.Line(step.Uses!)}: the checkout keeps its token; write with: {{ persist-credentials: false }}";
}
