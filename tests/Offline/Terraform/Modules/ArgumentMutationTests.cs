using Causeway.Harness.Terraform;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>Nothing that is misspelt passes: every argument of every module, example and stack, one at a time.</summary>
/// <remarks>
/// One run of Terraform looks at all mutants of a folder: each is a module of its own, called by one root with values that nobody knows yet. What an earlier
/// stage of Terraform finds hides what a later stage would find in others, so the rest goes through again until nothing more is found.
/// </remarks>
public sealed class ArgumentMutationTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Folders()
    {
        var repository = Harness.Repository.Find();

        return [.. Directory.EnumerateFiles(repository.PathTo("terraform"), "*.tf", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(repository.Root, Path.GetDirectoryName(file)!)).Distinct().Order(StringComparer.Ordinal)];
    }

    [Theory, MemberData(nameof(Folders))]
    public async Task Every_misspelt_argument_is_caught_with_file_and_line(string folder)
    {
        var workspace = Copy();
        var mutants = Mutants(workbench.Checkout.PathTo(folder));
        var gate = new Gate($"misspelt arguments in {folder}", mutants.Keys);
        var root = await RootAsync(workspace, folder, mutants.Keys);
        await using var terraform = root;
        await terraform.InitAsync(Stop);

        // Only now: a misspelt module would not even be installed.
        foreach (var (name, (file, mutation)) in mutants)
        {
            await File.WriteAllTextAsync(PathOf(terraform, folder, name, file), mutation.Text, Stop);
        }

        for (var left = mutants.Keys.ToHashSet(); left.Count > 0;)
        {
            var found = Found(await terraform.ValidateAsync(Stop), left);

            if (found.Count == 0)
            {
                left.ToList().ForEach(escaped => gate.Fail(escaped, $"Terraform accepts {mutants[escaped].File}:{mutants[escaped].Mutation.Line}: {mutants[escaped].Mutation.Argument}{ArgumentMutation.Misspelling}"));

                break;
            }

            foreach (var (name, place) in found)
            {
                gate.Record(name, place is null ? "is caught, but without file and line" : null);
                left.Remove(name);
                var (file, _) = mutants[name];
                File.Copy(Path.Combine(workbench.Checkout.PathTo(folder), file), PathOf(terraform, folder, name, file), overwrite: true);
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

    private static Dictionary<string, (string File, ArgumentMutation Mutation)> Mutants(string folder) =>
        Directory.EnumerateFiles(folder, "*.tf").Order(StringComparer.Ordinal)
            .SelectMany(file => ArgumentMutation.Of(File.ReadAllText(file)).Select(mutation => (File: Path.GetFileName(file), mutation)))
            .Index().ToDictionary(mutant => $"mutant{mutant.Index:000}-{mutant.Item.File}-{mutant.Item.mutation.Line}", mutant => mutant.Item);

    // By mutant: the place of the first complaint, null where it has none.
    private static Dictionary<string, int?> Found(IEnumerable<Diagnostic> diagnostics, IReadOnlySet<string> left) =>
        diagnostics.Where(diagnostic => diagnostic.IsError)
            .Select(diagnostic => (Mutant: left.FirstOrDefault(name => diagnostic.File?.Contains($"/{name}/", StringComparison.Ordinal) ?? false), diagnostic.Line))
            .Where(found => found.Mutant is not null)
            .GroupBy(found => found.Mutant!).ToDictionary(group => group.Key, group => group.Select(found => found.Line).FirstOrDefault(line => line is not null));

    // The tree as it is, where mutants can stand beside the original.
    private string Copy()
    {
        var workspace = workbench.Scratch.CreateSubdirectory($"mutants-{Guid.NewGuid():N}").FullName;
        var terraform = workbench.Checkout.PathTo("terraform");

        foreach (var file in Directory.EnumerateFiles(terraform, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(workspace, "terraform", Path.GetRelativePath(terraform, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return workspace;
    }

    private async Task<TerraformRoot> RootAsync(string workspace, string folder, IEnumerable<string> mutants)
    {
        var original = workbench.Checkout.PathTo(folder);
        var inputs = string.Concat(TerraformModule.RequiredVariables(original).Select(variable => $"\n  {variable} = terraform_data.unknown.output"));
        var beside = Path.Combine(workspace, Path.GetDirectoryName(folder)!);
        var root = Path.Combine(workspace, "root");
        Directory.CreateDirectory(root);
        var calls = new List<string> { "resource \"terraform_data\" \"unknown\" {}" };

        foreach (var mutant in mutants)
        {
            var copy = Path.Combine(beside, mutant);
            Directory.CreateDirectory(copy);

            foreach (var file in Directory.EnumerateFiles(original))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }

            calls.Add($"module \"{mutant.Replace('.', '-')}\" {{\n  source = \"{Path.GetRelativePath(root, copy)}\"{inputs}\n}}");
        }

        await File.WriteAllTextAsync(Path.Combine(root, "main.tf"), string.Join("\n\n", calls), Stop);

        return await TerraformRoot.CopyAsync(root, Stop);
    }

    private static string PathOf(TerraformRoot terraform, string folder, string mutant, string file) => Path.Combine(terraform.Folder, "..", Path.GetDirectoryName(folder)!, mutant, file);
}
