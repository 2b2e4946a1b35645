using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Checks.Gates;

/// <summary>Every example of every module is valid, and so is the module. (Stacks are planned.)</summary>
internal sealed class TerraformExamples : IGate
{
    public string Name => "Terraform modules";

    public bool IsQuick => false;

    public bool IsAbout(string file) => file.StartsWith("terraform/modules/", StringComparison.Ordinal);

    public async Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
    {
        string[] examples =
        [
            .. (await context.FilesAsync(".tf")).Select(file => Path.GetDirectoryName(file)!)
                .Where(folder => folder.Split('/') is ["terraform", "modules", _, _, "examples", _]).Distinct(),
        ];
        tally.Expect(examples);
        var keys = await VerdictKeys.OfExamplesAsync(context, examples, stop);
        string[] unchanged = [.. examples.Where(example => context.Passed.Items(keys[example]) is not null)];
        tally.Unchanged(unchanged);

        var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = stop };

        await Parallel.ForEachAsync(examples.Except(unchanged), two, async (example, ended) =>
        {
            try
            {
                await using var root = await TerraformRoot.CopyAsync(context.Repository.PathTo(example), ended);
                Diagnostic[] errors = [.. (await root.ValidateAsync(ended)).Where(diagnostic => diagnostic.IsError)];
                tally.Record(example, errors is [] ? null : string.Join<Diagnostic>('\n', errors));

                if (errors is [])
                {
                    context.Passed.Add(keys[example], example);
                }
            }
            catch (TerraformException refused)
            {
                tally.Record(example, refused.Message);
            }
        });
    }
}
