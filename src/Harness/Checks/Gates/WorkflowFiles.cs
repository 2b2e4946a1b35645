using Causeway.Harness.Workflows;

namespace Causeway.Harness.Checks.Gates;

/// <summary>GitHub's workflows keep actionlint's rules and this repository's.</summary>
internal sealed class WorkflowFiles : IGate
{
    public string Name => "workflows";

    public bool IsQuick => true;

    public bool IsAbout(string file) => file.StartsWith(".github/", StringComparison.Ordinal);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        var verdict = await new WorkflowCheck(context.Repository, context.Tools).RunAsync(stop);
        tally.Expect(WorkflowFile.All(context.Repository).Select(file => file.Name));

        foreach (var file in verdict.Checked)
        {
            string[] problems = [.. verdict.Problems.Where(problem => problem.StartsWith($"{file}, ", StringComparison.Ordinal))];
            tally.Record(file, problems is [] ? null : string.Join('\n', problems));
        }
    }
}
