using Causeway.Harness;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>Nothing that is misspelt passes: every argument of every module, example and stack.</summary>
/// <remarks>
/// First everything is misspelt at once (<see cref="MisspeltTogether"/>). What leaves a doubt then is misspelt one at a time, folder by folder.
/// </remarks>
public sealed class ArgumentMutationTests(Workbench workbench, MisspeltTogether together) : IClassFixture<MisspeltTogether>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Folders() => [.. Mutation.Folders(Harness.Repository.Find())];

    [Theory, MemberData(nameof(Folders))]
    public async Task Every_misspelt_argument_is_caught_with_file_and_line(string folder)
    {
        var mutations = Mutation.In(workbench.Checkout, folder);
        var gate = new Gate($"misspelt arguments in {folder}", mutations.Select(mutation => mutation.Name));

        foreach (var mutation in mutations.Where(mutation => mutation.IsBackend))
        {
            gate.Record(mutation.Name, await BackendAsync(mutation));
        }

        var caught = await together.CaughtAsync(folder, Stop);
        caught.ToList().ForEach(mutation => gate.Pass(mutation.Name));
        Mutation[] left = [.. mutations.Where(mutation => !mutation.IsBackend && !caught.Contains(mutation))];

        if (left is not [])
        {
            await using var root = await MutantRoot.CreateAsync(workbench, [folder], Stop);

            foreach (var mutation in left)
            {
                gate.Record(mutation.Name, await AloneAsync(root, mutation));
            }
        }

        gate.Close();
    }

    [Fact]
    public void A_misspelling_changes_one_name_on_one_line()
    {
        const string Text = """
            resource "aws_vpc" "this" {
              cidr_block = var.cidr_block
              tags       = { tags = "tags = x", name = 1 }

              timeouts { create = "tags = 1m" }
            }
            locals { mine = 1 }
            """;

        var mutations = ArgumentMutation.Of(Text);

        Assert.Equal(
            [("resource.aws_vpc.this.cidr_block", 2), ("resource.aws_vpc.this.tags", 3), ("resource.aws_vpc.this.timeouts.create", 5)],
            mutations.Select(mutation => (mutation.Argument, mutation.Line)));
        Assert.Contains("  cidr_block_misspelt = var.cidr_block\n", mutations[0].Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("""  tags_misspelt       = { tags = "tags = x", name = 1 }""", mutations[1].Text, StringComparison.Ordinal);
        Assert.Contains("""timeouts { create_misspelt = "tags = 1m" }""", mutations[2].Text, StringComparison.Ordinal);
    }

    // Only `init` reads a backend's arguments; it refuses them before it asks the backend for anything.
    private async Task<string?> BackendAsync(Mutation mutation)
    {
        var folder = workbench.Scratch.CreateSubdirectory($"backend-{Guid.NewGuid():N}").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, mutation.File), TerraformModule.Without(mutation.Argument.Text, "provider"), Stop);
        var init = await CommandLine.Of("terraform", "init", "-input=false", "-no-color").In(folder).TryRunAsync(Stop);

        return init.Error.Contains($"{mutation.File} line {mutation.Argument.Line}", StringComparison.Ordinal)
            ? null
            : $"Terraform accepts {mutation.Misspelt}: {init.Tail(5)}";
    }

    /// <returns>What is wrong, or null: it is caught.</returns>
    private static async Task<string?> AloneAsync(MutantRoot root, Mutation mutation)
    {
        await root.WriteAsync([mutation], Stop);
        var errors = await root.ErrorsAsync(Stop);

        // Blocks that a condition makes are there, or not, only once the documents are read.
        errors = errors.Count > 0 ? errors : await root.PlanErrorsAsync(mutation.Folder, Stop);

        return errors.Count == 0 ? $"Terraform accepts {mutation.Misspelt}"
            : errors.Any(error => error.Line is not null) ? null
            : "is caught, but without file and line";
    }
}
