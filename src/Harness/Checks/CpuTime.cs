using System.Globalization;

namespace Causeway.Harness.Checks;

/// <summary>What processors did so far: for this process, and for the programs that it started and that are over. Source: Linux, proc_pid_stat(5).</summary>
/// <param name="Own">This process's, to a hundredth of a second, as the other.</param>
/// <param name="Programs">Of the programs, and of what they started and waited for.</param>
public sealed record CpuTime(TimeSpan Own, TimeSpan Programs)
{
    // Of a second: USER_HZ, which Linux shows to programs wherever it runs.
    private const double Ticks = 100;

    public TimeSpan Total => Own + Programs;

    /// <summary>Up to now.</summary>
    public static CpuTime Now()
    {
        var text = File.ReadAllText("/proc/self/stat");

        // The name of the program is in brackets, and may have any character in it. Fields count from 1, and the third follows it.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');

        TimeSpan Of(int first) => TimeSpan.FromSeconds(
            (long.Parse(fields[first - 3], CultureInfo.InvariantCulture) + long.Parse(fields[first - 2], CultureInfo.InvariantCulture)) / Ticks);

        return new(Of(14), Of(16));
    }

    public static CpuTime operator -(CpuTime after, CpuTime before) => new(after.Own - before.Own, after.Programs - before.Programs);
}
