using System.Diagnostics;

namespace Causeway.Harness.Terraform.Running;

/// <summary>
/// Terraform, and all it started, that goes on in a working copy although its caller was killed. Found by their environment, which names the copy.
/// </summary>
internal static class RunningTerraform
{
    /// <summary>The variable that names, in every program of a root, a folder inside the copy.</summary>
    public const string Mark = "TF_DATA_DIR";

    /// <summary>Ids of the processes that run for a copy, or for one root of it.</summary>
    /// <param name="folder">The copy's folder, or the root's in it.</param>
    public static IReadOnlyList<int> In(string folder) => [.. Processes(folder).Select(process => process.Id)];

    /// <summary>Has Terraform save its state and end, and kills what is left after <paramref name="grace"/>.</summary>
    public static async Task EndAsync(string folder, TimeSpan grace, CancellationToken stop)
    {
        foreach (var terraform in Processes(folder).Where(process => process.ProcessName == "terraform"))
        {
            await CommandLine.Of("kill", "-INT", $"{terraform.Id}").TryRunAsync(stop);
        }

        for (var started = Stopwatch.StartNew(); In(folder) is not [] && started.Elapsed < grace;)
        {
            await Task.Delay(50, stop);
        }

        foreach (var left in Processes(folder))
        {
            Kill(left);
        }
    }

    private static IEnumerable<Process> Processes(string folder) =>
        Process.GetProcesses()
            .Where(process => process.Id != Environment.ProcessId)
            .Where(process => Environ(process.Id).Any(variable => variable.StartsWith($"{Mark}={folder}/", StringComparison.Ordinal)));

    private static string[] Environ(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0');
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // It ended, or it belongs to another user.
            return [];
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }
}
