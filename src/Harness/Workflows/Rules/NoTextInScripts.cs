namespace Causeway.Harness.Workflows.Rules;

/// <summary>Values reach a script by its environment.</summary>
internal sealed class NoTextInScripts() : WorkflowRule(
    "GHA-7", "GitHub puts an expression's value into the script before a shell reads it: a title or a branch's name becomes code.")
{
    public override IEnumerable<string> Problems(WorkflowFile file) =>
        from step in file.Steps
        where step.Run?.Value?.Contains("${{", StringComparison.Ordinal) is true
        select $"{WorkflowFile.Line(step.Run!)}: an expression stands in a script; pass it by env, and write \"$NAME\"";
}
