using System.Globalization;

namespace Causeway.Harness.Terraform;

/// <summary>A process that cannot be mistaken for a later one with the same id: its id, and when it started, in the kernel's ticks since boot.</summary>
public static class ProcessIdentity
{
    /// <summary>This process, as <c>id.ticks</c>.</summary>
    public static string Own { get; } = $"{Environment.ProcessId}.{Started(Environment.ProcessId)}";

    /// <summary>Whether the process named by <paramref name="identity"/> still runs.</summary>
    public static bool Lives(string identity) =>
        identity.Split('.') is [var id, var started]
        && int.TryParse(id, out var number)
        && Started(number)?.ToString(CultureInfo.InvariantCulture) == started;

    // Field 22 of /proc/<id>/stat; the second field, a name in brackets, may hold spaces. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    private static long? Started(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

            // A zombie has ended; only its parent has not looked yet.
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
