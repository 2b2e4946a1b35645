using System.Globalization;

namespace Causeway.Harness.Local;

/// <summary>What takes a pod's processor or memory away.</summary>
public sealed partial class Faults
{
    private const int Period = 100_000; // microseconds, the kernel's own

    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(10);

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

    /// <summary>
    /// Leaves a pod's containers less memory than they use, so that the kernel ends them as it ends what outgrows its limit. podman starts them again with
    /// the limit that they had, as the kubelet would.
    /// </summary>
    /// <exception cref="PlatformException">The machine has no cgroup for it, or a container lives on.</exception>
    public async Task ExhaustMemoryAsync(RunningPod pod, CancellationToken stop)
    {
        foreach (var container in pod.Containers.Where(container => container.ProcessId != 0))
        {
            await ExhaustMemoryAsync(container, stop);
        }
    }

    private static async Task ExhaustMemoryAsync(RunningContainer container, CancellationToken stop)
    {
        var (limit, isVersion2) = Cgroup(container.ProcessId, "memory", "memory.limit_in_bytes", "memory.max");
        var usage = Path.Combine(Path.GetDirectoryName(limit)!, isVersion2 ? "memory.current" : "memory.usage_in_bytes");
        var before = await File.ReadAllTextAsync(limit, stop);
        var started = TimeProvider.System.GetTimestamp();

        try
        {
            // Where version 1 finds nothing to give back it refuses a limit below what is used, and takes one without room for more.
            while (Used() is { } used)
            {
                if (TimeProvider.System.GetElapsedTime(started) > KillTime)
                {
                    throw new PlatformException(
                        $"The kernel does not end {container.Name}, which has no memory left.", $"See {Path.GetDirectoryName(limit)}.");
                }

                if (!Limit(used / 2))
                {
                    Limit(used);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
            }
        }
        finally
        {
            Limit(before); // of one that lives on; else it is gone
        }

        long? Used()
        {
            try
            {
                return Directory.Exists($"/proc/{container.ProcessId}") ? long.Parse(File.ReadAllText(usage), CultureInfo.InvariantCulture) : null;
            }
            catch (IOException)
            {
                return null; // the cgroup went with its last process
            }
        }

        bool Limit(object bytes)
        {
            try
            {
                File.WriteAllText(limit, $"{bytes}");

                return true;
            }
            catch (IOException)
            {
                return false; // refused, or it ended meanwhile
            }
        }
    }

    private static CommandLine Write(string file, string value) => CommandLine.Of("tee", file).WithInput(value);

    internal static (string File, bool IsVersion2) CpuQuotaOf(int process) => Cgroup(process, "cpu", "cpu.cfs_quota_us", "cpu.max");

    // cgroups(7): each line is hierarchy:controllers:path, and version 2 has one with neither number nor controllers.
    private static (string File, bool IsVersion2) Cgroup(int process, string controller, string file1, string file2)
    {
        var lines = File.ReadAllLines($"/proc/{process}/cgroup").Select(line => line.Split(':', 3)).ToArray();

        if (lines.FirstOrDefault(line => line[1].Split(',').Contains(controller)) is { } version1)
        {
            return ($"/sys/fs/cgroup/{controller}{version1[2]}/{file1}", false);
        }

        var file = $"/sys/fs/cgroup{lines.FirstOrDefault(line => line[0] is "0")?[2]}/{file2}";

        return File.Exists(file)
            ? (file, true)
            : throw new PlatformException(
                $"Process {process} is in no cgroup that limits its {controller}.", $"Mount the controller {controller} at /sys/fs/cgroup.");
    }
}
