using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Load.Reports;

/// <summary>What one service used during the run, all its replicas together, as Prometheus has it of .NET's own meters.</summary>
/// <param name="CpuSeconds">Processor time.</param>
/// <param name="WorkingSetMiB">Memory at the end.</param>
/// <param name="WorkingSetGrowth">Memory at the end over memory when the run began.</param>
/// <param name="Collections">Garbage collections of all generations.</param>
/// <param name="PauseSeconds">Time that they stopped the service.</param>
/// <param name="AllocatedMiB">Memory that was allocated.</param>
/// <param name="QueueLength">Work that waited for a thread at the end.</param>
public sealed record ServiceUse(
    string Service,
    int Replicas,
    double CpuSeconds,
    double WorkingSetMiB,
    double WorkingSetGrowth,
    double Collections,
    double PauseSeconds,
    double AllocatedMiB,
    double QueueLength);

/// <summary>Reads the services' meters before and after a run.</summary>
/// <param name="selector">Labels that tell the workload's series from others, as in <c>service_namespace="x"</c>.</param>
public sealed class ServiceMeters(Prometheus prometheus, string selector)
{
    private const double MiB = 1024 * 1024;
    private const string Cpu = "dotnet_process_cpu_time_seconds_total";
    private const string Memory = "dotnet_process_memory_working_set_bytes";
    private const string Collections = "dotnet_gc_collections_total";
    private const string Pause = "dotnet_gc_pause_time_seconds_total";
    private const string Allocated = "dotnet_gc_heap_allocated_bytes_total";
    private const string Queue = "dotnet_thread_pool_queue_length_total";
    private static readonly string[] Metrics = [Cpu, Memory, Collections, Pause, Allocated, Queue];

    private IReadOnlyDictionary<string, double> before = new Dictionary<string, double>();

    /// <summary>Notes where the meters stand.</summary>
    public async Task BeginAsync(CancellationToken stop) => before = await ReadAsync(stop);

    /// <summary>What was used since.</summary>
    public async Task<IReadOnlyList<ServiceUse>> EndAsync(CancellationToken stop)
    {
        var after = await ReadAsync(stop);

        return
        [
            .. after.Select(series => (Labels: JsonNode.Parse(series.Key)!, series.Key, series.Value))
                .GroupBy(series => (string?)series.Labels["service_name"] ?? "unknown")
                .OrderBy(service => service.Key, StringComparer.Ordinal)
                .Select(service =>
                {
                    double Sum(string metric) => service.Where(series => (string?)series.Labels["__name__"] == metric).Sum(series => series.Value);
                    // A replica that started meanwhile began at zero.
                    double Rise(string metric) => service
                        .Where(series => (string?)series.Labels["__name__"] == metric)
                        .Sum(series => series.Value - before.GetValueOrDefault(series.Key));
                    var memory = service.Where(series => (string?)series.Labels["__name__"] == Memory).ToArray();

                    return new ServiceUse(
                        service.Key,
                        memory.Length,
                        Rise(Cpu),
                        Sum(Memory) / MiB,
                        Sum(Memory) / memory.Sum(series => before.GetValueOrDefault(series.Key)),
                        Rise(Collections),
                        Rise(Pause),
                        Rise(Allocated) / MiB,
                        Sum(Queue));
                }),
        ];
    }

    private Task<IReadOnlyDictionary<string, double>> ReadAsync(CancellationToken stop) =>
        prometheus.SeriesAsync($"{{__name__=~\"{string.Join('|', Metrics)}\", {selector}}}", stop);
}
