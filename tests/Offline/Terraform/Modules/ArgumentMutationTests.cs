using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>Nothing that is misspelt passes: every argument of every module, example and stack, one at a time.</summary>
/// <remarks>
/// One run of Terraform looks at all mutants of a folder: each is a module of its own, called by one root with values that are not known yet. What an earlier
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
        var mutants = Mutants(workbench.Checkout.PathTo(folder));
        var gate = new Gate($"misspelt arguments in {folder}", mutants.Keys);
        var backends = mutants.Where(mutant => IsBackend(mutant.Value.Mutation)).ToDictionary();
        var others = mutants.Except(backends).ToDictionary();

        foreach (var (name, (file, mutation)) in backends)
        {
            gate.Record(name, await BackendAsync(file, mutation));
        }

        await ValidateAsync(folder, others, gate);
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

    private static bool IsBackend(ArgumentMutation mutation) => mutation.Argument.StartsWith("terraform.backend.", StringComparison.Ordinal);

    // Only `init` reads a backend's arguments; it refuses them before it asks the backend for anything.
    private async Task<string?> BackendAsync(string file, ArgumentMutation mutation)
    {
        var folder = workbench.Scratch.CreateSubdirectory($"backend-{Guid.NewGuid():N}").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, file), TerraformModule.Without(mutation.Text, "provider"), Stop);
        var init = await CommandLine.Of("terraform", "init", "-input=false", "-no-color").In(folder).TryRunAsync(Stop);

        return init.Error.Contains($"{file} line {mutation.Line}", StringComparison.Ordinal)
            ? null
            : $"Terraform accepts {mutation.Argument}{ArgumentMutation.Misspelling}: {init.Tail(5)}";
    }

    private async Task ValidateAsync(string folder, Dictionary<string, (string File, ArgumentMutation Mutation)> mutants, Gate gate)
    {
        var tree = StackTree.Create(workbench);
        await using var root = await RootAsync(tree, folder, mutants);
        await root.InitAsync(Stop);
        CopyDocuments(tree, root);

        // Only now: a misspelt module would not even be installed.
        foreach (var (name, (file, mutation)) in mutants)
        {
            await File.WriteAllTextAsync(PathOf(root, folder, name, file), WithoutProvider(mutation.Text, mutation), Stop);
        }

        var left = mutants.Keys.ToHashSet();
        Dictionary<string, int?> round;

        do
        {
            await CallAsync(root.Folder, folder, left);
            round = Found(await root.ValidateAsync(Stop), left);

            // Blocks that a condition makes are there, or not, only once the documents are read.
            round = round.Count > 0 ? round : await PlanAsync(root, folder, left);

            foreach (var (name, line) in round)
            {
                gate.Record(name, line is null ? "is caught, but without file and line" : null);
                left.Remove(name);
            }
        }
        while (left.Count > 0 && round.Count > 0);

        foreach (var escaped in left)
        {
            gate.Fail(escaped, $"Terraform accepts {mutants[escaped].Mutation.Argument}{ArgumentMutation.Misspelling}");
        }
    }

    private async Task<Dictionary<string, int?>> PlanAsync(TerraformRoot root, string folder, IReadOnlySet<string> left)
    {
        if (!TerraformModule.RequiredVariables(workbench.Checkout.PathTo(folder)).Contains("environment"))
        {
            return [];
        }

        var provider = Path.Combine(root.Folder, "provider.tf");
        await File.WriteAllTextAsync(provider, $$"""
            provider "aws" {
              region = "eu-central-1"
            }

            resource "aws_kms_key" "data" {}

            resource "aws_kms_alias" "data" {
              name          = "alias/{{StackTree.Environment}}-data"
              target_key_id = aws_kms_key.data.id
            }
            """, Stop);

        try
        {
            // What another stack makes and this one looks for.
            await root.ApplyAsync(Stop, scope: new PlanScope { Targets = ["aws_kms_alias.data"] });
            await root.PlanAsync(Stop);

            return [];
        }
        catch (TerraformException refused)
        {
            return Found(refused.Diagnostics, left);
        }
        finally
        {
            // The cloud goes with the working copy.
            root.Disown();
            File.Delete(provider);
        }
    }

    private static Dictionary<string, (string File, ArgumentMutation Mutation)> Mutants(string folder) =>
        Directory.EnumerateFiles(folder, "*.tf").Order(StringComparer.Ordinal)
            .SelectMany(file => ArgumentMutation.Of(File.ReadAllText(file)).Select(mutation => (File: Path.GetFileName(file), mutation)))
            .Index().ToDictionary(mutant => $"mutant{mutant.Index:000}-{mutant.Item.File}-{mutant.Item.mutation.Line}", mutant => mutant.Item);

    // By mutant: the place of the first complaint, null where it has none.
    private static Dictionary<string, int?> Found(IEnumerable<Diagnostic> diagnostics, IReadOnlySet<string> left) =>
        diagnostics.Where(diagnostic => diagnostic.IsError)
            .Select(
                diagnostic => (Mutant: left.FirstOrDefault(name => diagnostic.File?.Contains($"/{name}/", StringComparison.Ordinal) ?? false), diagnostic.Line))
            .Where(found => found.Mutant is not null)
            .GroupBy(found => found.Mutant!)
            .ToDictionary(group => group.Key, group => group.Select(found => found.Line).FirstOrDefault(line => line is not null));

    // Every configured provider is a process of its own: only a mutant of the provider's own arguments needs it configured.
    private static string WithoutProvider(string text, ArgumentMutation? mutation) =>
        mutation is not null && mutation.Argument.StartsWith("provider.", StringComparison.Ordinal) ? text : TerraformModule.Without(text, "provider");

    // Mutants stand beside the original, so that its relative paths hold; a root beside the tree calls them all.
    private async Task<TerraformRoot> RootAsync(StackTree tree, string folder, Dictionary<string, (string File, ArgumentMutation Mutation)> mutants)
    {
        var root = tree.PathTo("root");

        foreach (var (name, (_, mutation)) in mutants)
        {
            var copy = tree.PathTo(Path.GetDirectoryName(folder)!, name);
            StackTree.Copy(tree.PathTo(folder), copy);

            foreach (var file in Directory.EnumerateFiles(copy, "*.tf"))
            {
                await File.WriteAllTextAsync(file, WithoutProvider(await File.ReadAllTextAsync(file, Stop), mutation), Stop);
            }
        }

        Directory.CreateDirectory(root);
        await CallAsync(root, folder, mutants.Keys);

        return await TerraformRoot.CopyAsync(root, Stop);
    }

    private async Task CallAsync(string root, string folder, IEnumerable<string> mutants)
    {
        var inputs = string.Concat(
            TerraformModule.RequiredVariables(workbench.Checkout.PathTo(folder)).Select(variable => $"\n  {variable} = {Input(variable)}"));
        var calls = mutants.Select(name => $"module \"{name.Replace('.', '-')}\" {{\n  source = \"../{Path.GetDirectoryName(folder)}/{name}\"{inputs}\n}}");
        await File.WriteAllTextAsync(Path.Combine(root, "main.tf"), string.Join("\n\n", calls.Prepend("resource \"terraform_data\" \"unknown\" {}")), Stop);
    }

    // A stack reads documents, whose names it must know; what else a module is given may be anything.
    private static string Input(string variable) => variable switch
    {
        "environment" => $"\"{StackTree.Environment}\"",
        "workload" => $"\"{StackTree.Workload}\"",
        _ => "terraform_data.unknown.output",
    };

    private static void CopyDocuments(StackTree tree, TerraformRoot root)
    {
        foreach (var folder in (string[])["terraform/envs", "services", "schemas"])
        {
            StackTree.Copy(tree.PathTo(folder), Path.Combine(root.Folder, "..", folder));
        }
    }

    private static string PathOf(TerraformRoot root, string folder, string mutant, string file) =>
        Path.Combine(root.Folder, "..", Path.GetDirectoryName(folder)!, mutant, file);
}
