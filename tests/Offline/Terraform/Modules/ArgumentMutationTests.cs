using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>Nothing that is misspelt passes: every argument of every module, example and stack.</summary>
/// <remarks>
/// Terraform looks at a copy of a folder that a root calls with values that are not known yet. First everything is misspelt at once: an error that names the
/// misspelt name at its line leaves no doubt. An earlier stage of Terraform hides what a later one would find, so what was found is spelt right again and the
/// rest looked at, until nothing more is found. What is left then is misspelt one at a time.
/// </remarks>
public sealed class ArgumentMutationTests(Workbench workbench)
{
    private const string Mutant = "mutant";

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
        var mutations = Mutations(workbench.Checkout.PathTo(folder));
        var gate = new Gate($"misspelt arguments in {folder}", mutations.Select(mutation => mutation.Name));

        foreach (var mutation in mutations.Where(mutation => mutation.IsBackend))
        {
            gate.Record(mutation.Name, await BackendAsync(mutation));
        }

        var tree = StackTree.Create(workbench);
        await using var root = await RootAsync(tree, folder);
        var left = mutations.Where(mutation => !mutation.IsBackend).ToHashSet();

        foreach (var caught in await TogetherAsync(tree, root, folder, left))
        {
            gate.Pass(caught.Name);
            left.Remove(caught);
        }

        foreach (var mutation in left)
        {
            gate.Record(mutation.Name, await AloneAsync(tree, root, folder, mutation));
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

    /// <returns>The mutations whose misspelt name Terraform refuses by name, at its line.</returns>
    private static async Task<IReadOnlySet<Mutation>> TogetherAsync(StackTree tree, TerraformRoot root, string folder, IReadOnlySet<Mutation> mutations)
    {
        // A module without a source hides what its folder would be asked for.
        var left = mutations.Where(mutation => !mutation.IsSource).ToHashSet();
        HashSet<Mutation> caught = [];
        Mutation[] round;

        do
        {
            await WriteAsync(tree, root, folder, left);
            var errors = await ErrorsAsync(root);
            round = [.. left.Where(mutation => errors.Any(error => error.Line == mutation.Argument.Line
                && Path.GetFileName(error.File) == mutation.File
                && error.Detail.Contains($"\"{mutation.Argument.Misspelt}\"", StringComparison.Ordinal)))];
            caught.UnionWith(round);
            left.ExceptWith(round);
        }
        while (round is not []);

        return caught;
    }

    /// <returns>What is wrong, or null: it is caught.</returns>
    private async Task<string?> AloneAsync(StackTree tree, TerraformRoot root, string folder, Mutation mutation)
    {
        await WriteAsync(tree, root, folder, [mutation]);
        var errors = await ErrorsAsync(root);

        // Blocks that a condition makes are there, or not, only once the documents are read.
        errors = errors.Count > 0 ? errors : await PlanErrorsAsync(root, folder);

        return errors.Count == 0 ? $"Terraform accepts {mutation.Misspelt}"
            : errors.Any(error => error.Line is not null) ? null
            : "is caught, but without file and line";
    }

    private static async Task<IReadOnlyList<Diagnostic>> ErrorsAsync(TerraformRoot root) => Errors(await root.ValidateAsync(Stop));

    private async Task<IReadOnlyList<Diagnostic>> PlanErrorsAsync(TerraformRoot root, string folder)
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
            return Errors(refused.Diagnostics);
        }
        finally
        {
            // The cloud goes with the working copy.
            root.Disown();
            File.Delete(provider);
        }
    }

    // What the copy says, and nothing else: the root's own errors would hide that there are none.
    private static IReadOnlyList<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.IsError && diagnostic.File?.Contains($"/{Mutant}/", StringComparison.Ordinal) is true)];

    private static IReadOnlyList<Mutation> Mutations(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.tf").Order(StringComparer.Ordinal)
            .SelectMany(file => ArgumentMutation.Of(File.ReadAllText(file)).Select(argument => new Mutation(Path.GetFileName(file), argument))),
    ];

    // Installed as it should be: a module that is misspelt would not be.
    private async Task<TerraformRoot> RootAsync(StackTree tree, string folder)
    {
        StackTree.Copy(tree.PathTo(folder), tree.PathTo(Path.GetDirectoryName(folder)!, Mutant));
        var inputs = TerraformModule.RequiredVariables(workbench.Checkout.PathTo(folder)).Select(variable => $"  {variable} = {Input(variable)}\n");
        tree.Write("root/main.tf", $$"""
            resource "terraform_data" "unknown" {}

            module "mutant" {
              source = "../{{Path.GetDirectoryName(folder)}}/{{Mutant}}"
            {{string.Concat(inputs)}}}
            """);
        var root = await TerraformRoot.CopyAsync(tree.PathTo("root"), Stop);

        try
        {
            await root.InitAsync(Stop);
            CopyDocuments(tree, root);
        }
        catch
        {
            await root.DisposeAsync();
            throw;
        }

        return root;
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

    // The copy's files with these arguments misspelt, and everything else spelt right.
    private static async Task WriteAsync(StackTree tree, TerraformRoot root, string folder, IReadOnlyCollection<Mutation> mutations)
    {
        foreach (var file in Directory.EnumerateFiles(tree.PathTo(folder), "*.tf"))
        {
            var text = mutations.Where(mutation => mutation.File == Path.GetFileName(file))
                .Aggregate(await File.ReadAllTextAsync(file, Stop), (text, mutation) => mutation.Argument.In(text));

            // Every configured provider is a process of its own: only a misspelling in the provider's own arguments needs it configured.
            text = mutations.Any(mutation => mutation.IsProvider) ? text : TerraformModule.Without(text, "provider");
            await File.WriteAllTextAsync(Path.Combine(root.Folder, "..", Path.GetDirectoryName(folder)!, Mutant, Path.GetFileName(file)), text, Stop);
        }
    }

    private sealed record Mutation(string File, ArgumentMutation Argument)
    {
        public string Name => $"{File}:{Argument.Line} {Argument.Argument}";

        public string Misspelt => $"{Argument.Argument}{ArgumentMutation.Misspelling}";

        public bool IsBackend => Argument.Argument.StartsWith("terraform.backend.", StringComparison.Ordinal);

        public bool IsProvider => Argument.Argument.StartsWith("provider.", StringComparison.Ordinal);

        public bool IsSource => Argument.Argument.StartsWith("module.", StringComparison.Ordinal)
            && Argument.Argument.EndsWith(".source", StringComparison.Ordinal);
    }
}
