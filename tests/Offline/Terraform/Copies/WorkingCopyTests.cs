using Causeway.Harness;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Copies;

/// <summary>What a configuration reaches is in its copy, whether git keeps it or not.</summary>
public sealed class WorkingCopyTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Modules_that_git_does_not_list_are_copied_with_all_they_hold()
    {
        var folder = Scratch.Folder(workbench, [
            ("root/main.tf", "module \"ignored\" {\n  source = \"../vendor/one\"\n}\n\nmodule \"inner\" {\n  source = \"../inner/two\"\n}\n"),
            ("root/generated.tf", "locals {}\n"),
            ("vendor/one/main.tf", "locals {\n  text = file(\"${path.module}/texts/a.txt\")\n}\n"),
            ("vendor/one/texts/a.txt", "a"),
            ("vendor/other/large.bin", "not reached"),
            ("inner/two/main.tf", "locals {}\n"),
            (".gitignore", "vendor\ngenerated.tf\n"),
        ]);
        await CommandLine.Of("sh", "-c", "git init --quiet && git -C inner init --quiet").In(folder).RunAsync(Stop);

        using var copy = await WorkingCopy.CreateAsync(workbench.Checkout, Path.Combine(folder, "root"), withLockFile: false, Stop);

        Holds(copy, folder, [".gitignore", "inner/two/main.tf", "root/generated.tf", "root/main.tf", "vendor/one/main.tf", "vendor/one/texts/a.txt"]);
        await using var root = await TerraformRoot.CopyAsync(Path.Combine(folder, "root"), Stop);
        await root.InitAsync(Stop);
    }

    [Fact]
    public async Task Files_that_are_spelt_out_are_copied_without_git_too()
    {
        var folder = Scratch.Folder(workbench, [
            ("root/main.tf", """
                locals {
                  named = file("${path.module}/../files/p.txt")
                  bare  = file("../bare.txt")
                  set   = fileset(path.module, "../set/*.json")
                  each  = [for name in ["a"] : file("${path.root}/../each/${name}.txt")]
                }

                module "deep" {
                  source = "../modules/deep"
                }
                """),
            ("modules/deep/main.tf", "locals {\n  text = templatefile(\"${path.module}/../common/t.tpl\", {})\n}\n"),
            ("modules/common/t.tpl", "t"),
            ("files/p.txt", "p"),
            ("files/q.txt", "not reached"),
            ("bare.txt", "bare"),
            ("set/one.json", "{}"),
            ("each/a.txt", ""),
            ("other/x.txt", "not reached"),
        ]);

        using var copy = await WorkingCopy.CreateAsync(workbench.Checkout, Path.Combine(folder, "root"), withLockFile: false, Stop);

        Holds(copy, folder, ["bare.txt", "each/a.txt", "files/p.txt", "modules/common/t.tpl", "modules/deep/main.tf", "root/main.tf", "set/one.json"]);
        await using var root = await TerraformRoot.CopyAsync(Path.Combine(folder, "root"), Stop);
        Assert.True((await root.PlanAsync(Stop)).IsEmpty);
    }

    [Fact]
    public async Task A_folder_that_is_too_large_is_left_where_it_is()
    {
        var folder = Scratch.Folder(workbench, [("near/root/main.tf", "locals {\n  some = \"${path.module}/../../${terraform.workspace}\"\n}\n")]);
        await using (var large = File.Create(Path.Combine(folder, "large.bin")))
        {
            large.SetLength(30_000_000);
        }

        using var copy = await WorkingCopy.CreateAsync(workbench.Checkout, Path.Combine(folder, "near", "root"), withLockFile: false, Stop);

        Holds(copy, Path.Combine(folder, "near", "root"), ["main.tf"]);
    }

    private static void Holds(WorkingCopy copy, string folder, string[] files)
    {
        var tree = Path.Combine(copy.Folder, "tree");
        var top = copy.PathOf(folder);

        Assert.Equal(
            files,
            Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(top, file)).Order(StringComparer.Ordinal));
    }
}
