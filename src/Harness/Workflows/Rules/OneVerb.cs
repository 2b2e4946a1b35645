namespace Causeway.Harness.Workflows.Rules;

/// <summary>A step that runs something runs one verb of this repository, with variables that it sets.</summary>
internal sealed class OneVerb() : WorkflowRule("GHA-9", "A script in a workflow runs nowhere else, so it is first tried where it counts.")
{
    public override IEnumerable<string> Problems(WorkflowFile file)
    {
        // An expression in a script is another rule's.
        foreach (var step in file.Steps.Where(step => step.Run?.Value?.Contains("${{", StringComparison.Ordinal) is false))
        {
            if (VerbLine.Parse(step.Run!.Value!) is not { } line)
            {
                yield return $"{WorkflowFile.Line(step.Run)}: “{Shortened(step.Run.Value!)}” is not one verb; " +
                    "write ./causeway <verb>, with variables as \"$NAME\"";

                continue;
            }

            foreach (var name in line.Variables.Where(name => !name.StartsWith("GITHUB_", StringComparison.Ordinal)))
            {
                if (new[] { step.Node, step.Job?.Node, file.Root }.All(place => WorkflowFile.Field(WorkflowFile.Field(place, "env"), name) is null))
                {
                    yield return $"{WorkflowFile.Line(step.Run)}: {name} is set nowhere; set it in env of the step";
                }
            }
        }
    }

    private static string Shortened(string text) => text.Trim().Split('\n')[0] is { Length: > 60 } line ? $"{line[..60]}…" : text.Trim().Split('\n')[0];
}
