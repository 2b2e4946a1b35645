namespace Causeway.Load.Reports;

/// <summary>What a run ran on. Numbers of another box are other numbers.</summary>
/// <param name="CgroupCpu">What the control group may use, as <c>cpu.max</c> of cgroup v2 says it; <c>max</c>: all there is.</param>
/// <param name="Governor">How the kernel chooses the processors' frequency; <c>unknown</c> in most virtual machines.</param>
/// <param name="LoadBefore">The machine's load average over a minute when the run began: above 0.5 something else was running.</param>
public sealed record Box(
    string Processor, int Processors, long MemoryMiB, string Kernel, string Runtime, string CgroupCpu, string Governor, double LoadBefore)
{
    /// <summary>This one, from /proc and /sys.</summary>
    public static Box This() => new(
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown",
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
        Read("/proc/sys/kernel/osrelease") ?? "unknown",
        System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
        Read("/sys/fs/cgroup/cpu.max") ?? "unknown",
        Read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") ?? "unknown",
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0]));

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;
}
