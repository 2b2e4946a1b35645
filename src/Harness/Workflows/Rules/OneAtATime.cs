namespace Causeway.Harness.Workflows.Rules;

/// <summary>A workflow says which of its runs exclude each other, and whether a new one ends the old.</summary>
internal sealed class OneAtATime() : WorkflowRule(
    "GHA-4", "Two runs at once apply two versions, or write the same comment, in an order that is left to chance.")
{
    public override IEnumerable<string> Problems(WorkflowFile file)
    {
        var concurrency = WorkflowFile.Field(file.Root, "concurrency");

        return file.IsAction || (WorkflowFile.TextOf(concurrency, "group") is not null && WorkflowFile.TextOf(concurrency, "cancel-in-progress") is not null)
            ? []
            : ["line 1: the workflow does not say which runs exclude each other; write concurrency: { group: …, cancel-in-progress: … } at the top"];
    }
}
