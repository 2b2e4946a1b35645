using System.Globalization;

namespace Causeway.Harness.Local;

/// <summary>What takes a pod's processor or memory away.</summary>
public sealed partial class Faults
{
    private const int Period = 100_000; // microseconds, the kernel's own

    /// <summary>Lets a pod's containers use only so much processor time, as a crowded node does.</summary>
    /// <param name="cores">Of each container.</param>
    /// <exception cref="PlatformException">The machine has no cgroup for it.</exception>
    public async Task<Fault> LimitProcessorAsync(RunningPod pod, double cores, CancellationToken stop)
    {
        var record = journal.Begin($"{pod.Name} has {cores} cores");
        var quota = ((int)(cores * Period)).ToString(CultureInfo.InvariantCulture);

        return await Fault.BeginAsync(record.RevertAsync, async () =>
        {
            foreach (var container in pod.Containers)
            {
                var (file, isVersion2) = CpuQuotaOf(container.ProcessId);
                var before = (await File.ReadAllTextAsync(file, stop)).Trim();
                await record.DoAsync(Write(file, isVersion2 ? $"{quota} {Period}" : quota), Write(file, before), stop);
            }

            return new Fault(record.RevertAsync);
        });
    }

    private static CommandLine Write(string file, string value) => CommandLine.Of("tee", file).WithInput(value);

    // cgroups(7): each line is hierarchy:controllers:path, and version 2 has one with neither number nor controllers.
    internal static (string File, bool IsVersion2) CpuQuotaOf(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/cgroup").Select(line => line.Split(':', 3)).ToArray();

        if (lines.FirstOrDefault(line => line[1].Split(',').Contains("cpu")) is { } version1)
        {
            return ($"/sys/fs/cgroup/cpu{version1[2]}/cpu.cfs_quota_us", false);
        }

        var file = $"/sys/fs/cgroup{lines.FirstOrDefault(line => line[0] is "0")?[2]}/cpu.max";

        return File.Exists(file)
            ? (file, true)
            : throw new PlatformException($"Process {process} is in no cgroup that limits processor time.", "Mount the controller cpu at /sys/fs/cgroup.");
    }
}
