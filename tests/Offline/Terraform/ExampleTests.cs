using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform;

/// <summary>The test that docs/terraform.md shows, and that it shows this one.</summary>
public sealed class ExampleTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_made_once_and_leaves_nothing()
    {
        await using var table = await TerraformRoot.CopyAsync("terraform/modules/aws/table/examples/minimal", Stop);

        var plan = await table.PlanAsync(Stop);
        Assert.All(plan.Changes, change => Assert.Equal(ChangeKind.Create, change.Kind));

        await table.ApplyAsync(Stop, plan);
        Assert.True((await table.PlanAsync(Stop)).IsEmpty);

        var made = Assert.Single((await table.StateAsync(Stop)).Managed, resource => resource.Type == "aws_dynamodb_table");
        Assert.StartsWith("arn:aws:dynamodb:", (string?)made.Values["arn"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_shows_this_test()
    {
        var document = await File.ReadAllTextAsync(workbench.Checkout.PathTo("docs", "terraform.md"), Stop);
        var shown = document.Split("```csharp\n")[1].Split("```")[0].TrimEnd();
        var file = await File.ReadAllLinesAsync(workbench.Checkout.PathTo("tests", "Offline", "Terraform", "ExampleTests.cs"), Stop);
        var here = string.Join('\n', file.Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line));

        Assert.Contains(nameof(A_table_is_made_once_and_leaves_nothing), shown, StringComparison.Ordinal);
        Assert.Contains(shown, here, StringComparison.Ordinal);
    }
}
