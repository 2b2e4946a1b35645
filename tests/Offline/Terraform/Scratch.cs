using System.Runtime.CompilerServices;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform;

/// <summary>Small configurations of one test, written where no git repository is, with nothing but Terraform's built-in resource type.</summary>
internal static class Scratch
{
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A folder of the test's own with these files.</summary>
    public static string Folder(Workbench workbench, IEnumerable<(string Path, string Text)> files, [CallerMemberName] string test = "")
    {
        var folder = workbench.Scratch.CreateSubdirectory($"terraform-{test.Length}-{Guid.NewGuid():N}").FullName;

        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return folder;
    }

    public static string Folder(Workbench workbench, string main) => Folder(workbench, [("main.tf", main)]);

    public static Task<TerraformRoot> CopyAsync(Workbench workbench, string main, TerraformOptions? options = null) =>
        TerraformRoot.CopyAsync(Folder(workbench, main), options ?? new(), Stop);
}
