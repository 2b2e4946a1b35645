using System.Globalization;

namespace Causeway.Harness.Local;

/// <summary>Rules of iptables inside pods' network namespaces, written down in a record so that they are taken back.</summary>
internal sealed class PacketRules(FaultRecord record)
{
    private readonly List<RunningPod> pods = [];

    /// <param name="rule">A chain and what follows it; before it <c>--table</c> and a table's name, where it is not the table <c>filter</c>.</param>
    /// <exception cref="CommandFailedException">iptables refuses it.</exception>
    public async Task AddAsync(RunningPod pod, string[] rule, CancellationToken stop)
    {
        await record.DoAsync(In(pod, "--append", rule), In(pod, "--delete", rule), stop);
        pods.Add(pod);
    }

    /// <summary>How many packets rules have dropped or refused in the pods so far.</summary>
    public async Task<long> StoppedAsync(CancellationToken stop)
    {
        var stopped = 0L;

        foreach (var pod in pods.DistinctBy(pod => pod.Name))
        {
            var listed = await CommandLine.Of("nsenter", "--target", $"{pod.SandboxProcessId}", "--net", "iptables", "--wait", "-nvxL").TryRunAsync(stop);
            stopped += listed.Output.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns is [_, _, "DROP" or "REJECT", ..])
                .Sum(columns => long.Parse(columns[0], CultureInfo.InvariantCulture));
        }

        return stopped;
    }

    private static CommandLine In(RunningPod pod, string action, string[] rule)
    {
        string[] table = rule[0] == "--table" ? rule[..2] : [];

        return CommandLine.Of("nsenter", ["--target", $"{pod.SandboxProcessId}", "--net", "iptables", "--wait", .. table, action, .. rule[table.Length..]]);
    }
}
