namespace Causeway.Harness.Workflows.Rules;

/// <summary>Every job has an end.</summary>
internal sealed class TimeLimits() : WorkflowRule("GHA-5", "A job that hangs is ended by GitHub after six hours, all of which are paid.")
{
    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from job in file.Jobs
        where WorkflowFile.Field(job.Node, "uses") is null // the called workflow limits its own
        where !int.TryParse(WorkflowFile.TextOf(job.Node, "timeout-minutes"), out var minutes) || minutes is < 1 or > 120
        select $"{WorkflowFile.Line(job.Key)}: job {job.Name} has no limit of time; write timeout-minutes, 120 at most";
}
