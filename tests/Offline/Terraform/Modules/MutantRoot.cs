using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>A root that calls copies of folders in which arguments are misspelt. What it gives them is not known yet.</summary>
internal sealed class MutantRoot : IAsyncDisposable
{
    private readonly Workbench workbench;
    private readonly StackTree tree;
    private readonly TerraformRoot root;
    private readonly IReadOnlyList<string> folders;
    private ILookup<string, Mutation>? written;

    private MutantRoot(Workbench workbench, StackTree tree, TerraformRoot root, IReadOnlyList<string> folders) =>
        (this.workbench, this.tree, this.root, this.folders) = (workbench, tree, root, folders);

    /// <summary>Installed as it should be: a module that is misspelt would not be.</summary>
    /// <param name="without">Types of blocks that are left out of every file; the lines of the others stay where they are.</param>
    public static async Task<MutantRoot> CreateAsync(
        Workbench workbench, IReadOnlyList<string> folders, CancellationToken stop, params IReadOnlyList<string> without)
    {
        var tree = StackTree.Create(workbench);

        foreach (var file in without is [] ? [] : Directory.GetFiles(tree.PathTo("terraform"), "*.tf", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(file, without.Aggregate(await File.ReadAllTextAsync(file, stop), TerraformModule.Without), stop);
        }

        // A folder before those in it: its copy has no copies.
        foreach (var folder in folders.Order(StringComparer.Ordinal))
        {
            StackTree.Copy(tree.PathTo(folder), tree.PathTo(Copy(folder)));
        }

        tree.Write("root/main.tf", string.Concat(folders.Select((folder, index) => $$"""
            module "mutant{{index}}" {
              source = "../{{Copy(folder)}}"
            {{string.Concat(TerraformModule.RequiredVariables(workbench.Checkout.PathTo(folder)).Select(name => $"  {name} = {Input(name)}\n"))}}}

            """).Prepend("resource \"terraform_data\" \"unknown\" {}\n\n")));
        var root = await TerraformRoot.CopyAsync(tree.PathTo("root"), stop);

        try
        {
            await root.InitAsync(stop);

            foreach (var documents in (string[])["terraform/envs", "services", "schemas"])
            {
                StackTree.Copy(tree.PathTo(documents), Path.Combine(root.Folder, "..", documents));
            }
        }
        catch
        {
            await root.DisposeAsync();
            throw;
        }

        return new(workbench, tree, root, folders);
    }

    /// <summary>Writes the folders' files with these arguments misspelt, and everything else spelt right.</summary>
    public async Task WriteAsync(IReadOnlyCollection<Mutation> mutations, CancellationToken stop)
    {
        var byFolder = mutations.ToLookup(mutation => mutation.Folder);
        string[] changed = [.. folders.Where(folder => written is null || !written[folder].SequenceEqual(byFolder[folder]))];
        written = byFolder;

        foreach (var folder in changed)
        {
            foreach (var file in Directory.EnumerateFiles(tree.PathTo(folder), "*.tf"))
            {
                var text = byFolder[folder].Where(mutation => mutation.File == Path.GetFileName(file))
                    .Aggregate(await File.ReadAllTextAsync(file, stop), (text, mutation) => mutation.Argument.In(text));

                // Every configured provider is a process of its own: only a misspelling in the provider's own arguments needs it configured.
                text = byFolder[folder].Any(mutation => mutation.IsProvider) ? text : TerraformModule.Without(text, "provider");
                await File.WriteAllTextAsync(Path.Combine(root.Folder, "..", Copy(folder), Path.GetFileName(file)), text, stop);
            }
        }
    }

    /// <summary>What Terraform says of the copies.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ErrorsAsync(CancellationToken stop) => Errors(await root.ValidateAsync(stop));

    /// <summary>What a plan says of the copies, where the folder reads documents; else nothing.</summary>
    public async Task<IReadOnlyList<Diagnostic>> PlanErrorsAsync(string folder, CancellationToken stop)
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
            """, stop);

        try
        {
            // What another stack makes and this one looks for.
            await root.ApplyAsync(stop, scope: new PlanScope { Targets = ["aws_kms_alias.data"] });
            await root.PlanAsync(stop);

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

    /// <summary>Whether an error stands in the copy of this folder.</summary>
    public static bool IsIn(string folder, Diagnostic error) =>
        Path.GetDirectoryName(error.File)?.EndsWith($"/{Copy(folder)}", StringComparison.Ordinal) is true;

    public ValueTask DisposeAsync() => root.DisposeAsync();

    // What the copies say, and nothing else: the root's own errors would hide that there are none.
    private IReadOnlyList<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.IsError && folders.Any(folder => IsIn(folder, diagnostic)))];

    // Beside the folder, so that what it names by a relative path is found.
    private static string Copy(string folder) => Path.Combine(Path.GetDirectoryName(folder)!, $"mutant-{Path.GetFileName(folder)}");

    // A stack reads documents, whose names it must know; what else a module is given may be anything.
    private static string Input(string variable) => variable switch
    {
        "environment" => $"\"{StackTree.Environment}\"",
        "workload" => $"\"{StackTree.Workload}\"",
        _ => "terraform_data.unknown.output",
    };
}
