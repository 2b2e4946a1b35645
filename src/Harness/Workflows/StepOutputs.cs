namespace Causeway.Harness.Workflows;

/// <summary>Hands values to later steps of a workflow, by the file that GitHub names; on any other machine they are shown.</summary>
public static class StepOutputs
{
    /// <param name="outputs">Each <c>name=value</c>, in one line.</param>
    public static void Write(IReadOnlyList<string> outputs)
    {
        outputs.ToList().ForEach(Console.WriteLine);

        if (Environment.GetEnvironmentVariable("GITHUB_OUTPUT") is { Length: > 0 } file)
        {
            File.AppendAllLines(file, outputs);
        }
    }
}
