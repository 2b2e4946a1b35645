using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Running;

/// <summary>A process that applies a configuration and then waits to be killed.</summary>
internal static class KilledProcess
{
    public const string Argument = "apply-and-wait";

    /// <summary>The file that holds the root's id once it is applied.</summary>
    public static string AppliedIn(string folder) => Path.Combine(folder, "applied");

    public static async Task<int> RunAsync(string folder)
    {
        var root = await TerraformRoot.CopyAsync(folder, new TerraformOptions { AllowPrograms = true }, CancellationToken.None);
        await root.ApplyAsync(CancellationToken.None);
        await File.WriteAllTextAsync(AppliedIn(folder), root.Id);
        await Task.Delay(Timeout.Infinite);

        return 0;
    }
}
