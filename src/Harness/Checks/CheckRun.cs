using System.Diagnostics;
using Causeway.Harness.Helm;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Checks;

/// <summary>
/// <c>causeway check</c>: every gate, or some, as many beside each other as there are cores. Those that a change concerns begin first; a failed one stops none.
/// </summary>
/// <param name="gates">Which ones.</param>
/// <param name="atOnce">How many run beside each other; null: as many as there are cores. With 1, what each costs is measured.</param>
public sealed class CheckRun(CheckContext context, IReadOnlyList<IGate> gates, int? atOnce = null)
{
    /// <summary>All gates there are, by name.</summary>
    public static IReadOnlyList<IGate> All { get; } = [.. Discovery.InstancesOf<IGate>().OrderBy(gate => gate.Name, StringComparer.Ordinal)];

    /// <summary>
    /// In which order they begin: what the files concern, then the rest; of either those first that take long, and among them what another waits for.
    /// None begins before what it follows.
    /// </summary>
    /// <param name="changed">Files that differ from the main branch.</param>
    public static IReadOnlyList<IGate> InOrder(IEnumerable<IGate> gates, IReadOnlyList<string> changed)
    {
        IGate[] all = [.. gates];
        IGate[] wanted =
        [
            .. all.OrderBy(gate => !changed.Any(gate.IsAbout))
                .ThenBy(gate => gate.IsQuick)
                .ThenBy(gate => all.All(other => other.After != gate.GetType()))
                .ThenBy(gate => gate.Name, StringComparer.Ordinal),
        ];

        return [.. wanted.SelectMany(gate => wanted.Where(other => other.GetType() == gate.After).Append(gate)).Distinct()];
    }

    /// <param name="report">Receives each gate's outcome as soon as it is over.</param>
    public async Task<IReadOnlyList<GateReport>> RunAsync(Action<GateReport> report, CancellationToken stop)
    {
        var waiting = InOrder(gates, await ChangedFiles.OfAsync(context.Repository, stop)).ToList();
        var places = atOnce ?? Environment.ProcessorCount;
        var running = new Dictionary<Task<GateReport>, IGate>();
        var done = new Dictionary<Type, GateReport>();

        while (waiting is not [] || running.Count > 0)
        {
            while (running.Count < places && waiting.FirstOrDefault(MayBegin) is { } next)
            {
                waiting.Remove(next);
                running[Task.Run(() => RunAsync(next, done.GetValueOrDefault(next.After ?? typeof(void)), stop), stop)] = next;
            }

            var ended = await Task.WhenAny(running.Keys);
            running.Remove(ended, out var gate);
            done[gate!.GetType()] = await ended;
            report(done[gate.GetType()]);
        }

        return [.. done.Values];

        // One that waits for another takes no place meanwhile.
        bool MayBegin(IGate gate) =>
            waiting.All(other => other.GetType() != gate.After) && running.Values.All(other => other.GetType() != gate.After);
    }

    private async Task<GateReport> RunAsync(IGate gate, GateReport? before, CancellationToken stop)
    {
        if (before is { Failures: not [] } failed)
        {
            return new(gate.Name, 0, [], [], [new(gate.Name, $"did not run, since “{failed.Gate}” failed")], TimeSpan.Zero, []);
        }

        var elapsed = Stopwatch.StartNew();
        var cpu = CpuTime.Now();
        var tally = new Tally();

        try
        {
            await gate.RunAsync(context, tally, stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            tally.Expect(gate.Name);
            tally.Record(gate.Name, Said(error));
        }

        return tally.Close(gate.Name, elapsed.Elapsed) with { Cpu = atOnce is 1 ? CpuTime.Now() - cpu : null };
    }

    private static string Said(Exception error) => error switch
    {
        PlatformException refused => $"{refused.Message}\n{refused.Log}\nto do: {refused.Remedy}",
        UsageException refused => $"{refused.Message}\nto do: {refused.Remedy}",
        TerraformException refused => refused.Message,
        CommandFailedException failed => $"{failed.Message}\n{failed.Result.Tail()}",
        HelmException or InvalidDataException or FileNotFoundException or DirectoryNotFoundException or TimeoutException => error.Message,
        _ => error.ToString(),
    };
}
