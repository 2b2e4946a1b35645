using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>
/// All that stacks read, in a tree that a test may change: this repository's modules, stacks, environments, schemas and contracts; the environments and
/// workloads of <c>tests/Fixtures/valid</c>; the kind of resource of <c>tests/Fixtures/kinds</c>; and what <c>tests/Fixtures/stacks</c> adds.
/// </summary>
internal sealed class StackTree
{
    /// <summary>An environment of <c>tests/Fixtures/stacks</c>.</summary>
    public const string Environment = "stage";

    /// <summary>A workload in it that has every combination of kinds.</summary>
    public const string Workload = "ledger";

    private readonly Workbench workbench;

    private StackTree(Workbench workbench, string root) => (this.workbench, Root) = (workbench, root);

    public string Root { get; }

    public Stacks Stacks => new(Root);

    /// <summary>Names of every workload there is, released or not.</summary>
    public IReadOnlyList<string> Workloads =>
        [.. Directory.EnumerateDirectories(PathTo("services")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static StackTree Create(Workbench workbench)
    {
        var tree = new StackTree(workbench, workbench.Scratch.CreateSubdirectory($"stacks-{Guid.NewGuid():N}").FullName);
        var valid = Path.Combine(workbench.Fixtures, "valid");
        Copy(workbench.Checkout.PathTo("terraform"), tree.PathTo("terraform"));
        Copy(workbench.Checkout.PathTo("schemas"), tree.PathTo("schemas"));
        Copy(workbench.Checkout.PathTo("services"), tree.PathTo("services"), "workload.yaml");
        Copy(Path.Combine(workbench.Fixtures, "permissions"), tree.PathTo("permissions"));
        Copy(Path.Combine(valid, "envs"), tree.PathTo("terraform", "envs"));
        Copy(Path.Combine(valid, "services"), tree.PathTo("services"), "workload.yaml");
        CopyKind(Path.Combine(workbench.Fixtures, "kinds"), tree, "journals");
        Copy(Path.Combine(workbench.Fixtures, "stacks"), tree.Root);

        return tree;
    }

    public string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    public string Read(string path) => File.ReadAllText(PathTo(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathTo(path))!);
        File.WriteAllText(PathTo(path), text);
    }

    /// <exception cref="KeyNotFoundException">The file has no such text: the test is out of date.</exception>
    public void Replace(string path, string from, string to) =>
        Write(path, Read(path) is var text && text.Contains(from, StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new KeyNotFoundException($"{path} has no `{from}`."));

    /// <summary>The tree's files as they are now, for Terraform to run in.</summary>
    public Task<WorkingCopy> CopyAsync(CancellationToken stop) => WorkingCopy.CreateAsync(workbench.Checkout, Root, withLockFile: false, stop);

    public TerraformRoot RootIn(WorkingCopy copy, string folder, TerraformOptions options) => TerraformRoot.In(workbench.Checkout, copy, folder, options);

    private static void CopyKind(string kinds, StackTree tree, string kind)
    {
        Copy(kinds, tree.Root, $"{kind}.json");
        Copy(kinds, tree.Root, $"{kind}.tf");
        Copy(Path.Combine(kinds, "terraform", "modules"), tree.PathTo("terraform", "modules"));
        Copy(Path.Combine(kinds, "tests", "Fixtures", "permissions"), tree.PathTo("permissions"));
    }

    /// <summary>Copies a folder with all below it, or only files of one name.</summary>
    public static void Copy(string from, string to, string only = "*")
    {
        foreach (var file in Directory.EnumerateFiles(from, only, SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
