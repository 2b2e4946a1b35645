namespace Causeway.Harness.Workflows.Rules;

/// <summary>A workflow that is called gets the secrets that it needs, by name.</summary>
internal sealed class InheritedSecrets() : WorkflowRule("GHA-11", "Whatever secret the repository ever gets is then there for the called workflow, too.")
{
    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from job in file.Jobs
        where WorkflowFile.TextOf(job.Node, "secrets") is "inherit"
        select $"{WorkflowFile.Line(WorkflowFile.Field(job.Node, "secrets")!)}: job {job.Name} hands on every secret; name those that are needed";
}
