using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>What happens to logs.</summary>
public sealed partial class Faults
{
    /// <summary>
    /// Plays one more pod of a Deployment, whose log lies on a small volume of its own, and waits until it is ready. A node's logs lie on one volume, which
    /// one pod can fill for all.
    /// </summary>
    /// <param name="change">What is different in the pod; null: nothing.</param>
    public async Task<LogVolume> ScaleUpOnLogVolumeAsync(string owner, CancellationToken stop, Action<JsonObject>? change = null)
    {
        var pod = await NextAsync(owner, change, stop);
        var folder = Path.Combine(logs, pod.Name);
        var record = journal.Begin($"{owner} has a pod more, with a volume for its log");
        Directory.CreateDirectory(folder);
        record.Expect(CommandLine.Of("rmdir", folder));

        try
        {
            // A process that still has the log open keeps it, and not its place.
            await record.DoAsync(
                CommandLine.Of("mount", "--types", "tmpfs", "--options", $"size={LogVolume.Size}", "tmpfs", folder),
                CommandLine.Of("umount", "--lazy", folder),
                stop);
        }
        catch
        {
            await record.RevertAsync();

            throw;
        }

        return new LogVolume(await ScaleUpAsync(pod, record, LogVolume.LogIn(folder), stop), folder);
    }
}
