using System.Net;
using Causeway.Harness.Local;
using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;
using Causeway.LoadScenarios.Orders.InMemory;

namespace Causeway.LoadScenarios.Orders;

/// <summary>
/// What the services can do where the database is not what they wait for: their tables are in the memory of this process, behind DynamoDB's own protocol.
/// </summary>
internal sealed class InMemoryTables : IScenario
{
    private const int Clients = 16;

    // Of a replica: four of them leave the machine's other core to what measures.
    private const double Cores = 0.2;

    public string Name => "in-memory";

    public string Description =>
        "What the services can do where the database costs little: orders with tables in memory, the processor time of one, and what a second replica brings.";

    /// <summary>Of one measurement; there are four.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(15);

    public double Rate => Clients;

    /// <summary>Figures have no goals here: they are compared from one version to the next.</summary>
    public IReadOnlyList<Threshold> Thresholds => [];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var real = await OrdersTables.OpenAsync(run.Platform, stop);
        var host = IPAddress.Parse(await run.Platform.HostAddressAsync(stop));
        await using var server = await MemoryTablesServer.StartAsync(real.All.Client, host, stop);

        try
        {
            await Deployments.RollOutAsync(run, pod => PodVariables.Set(pod, "AWS_ENDPOINT_URL_DYNAMODB", server.Address.ToString()), stop);
            using var customers = await Customers.OpenAsync(run, stop, tables: OrdersTables.At(server.Address));
            await CostsAsync(run, customers, stop);
            await ScalesAsync(run, customers, stop);
            run.Verified(await customers.VerifyAsync(stop));
        }
        finally
        {
            await Deployments.RollOutAsync(run, change: null, CancellationToken.None);
        }
    }

    private static async Task CostsAsync(ScenarioRun run, Customers customers, CancellationToken stop)
    {
        var before = await run.ServiceUseAsync(stop);
        var result = await run.ClosedAsync("two replicas", Clients, run.Duration, customers.Place("cost"), stop, Options(run));
        var after = await run.ServiceUseAsync(stop);
        var orders = (double)result.Timeline.Sum(second => second.Ok);
        run.Note("orders with tables in memory", result.Goodput, "/s", $"{Clients} clients, two replicas of each service, all on one machine");
        run.Note(
            "CPU of an order with tables in memory",
            1000 * (after.Sum(use => use.CpuSeconds) - before.Sum(use => use.CpuSeconds)) / orders,
            "ms",
            "gateway and processor together");
    }

    /// <summary>One replica of each service and two, each with a share of a core, in turns.</summary>
    private static async Task ScalesAsync(ScenarioRun run, Customers customers, CancellationToken stop)
    {
        var pods = await Deployments.PodsAsync(run, stop);
        var limits = await Task.WhenAll(pods.SelectMany(each => each).Select(pod => run.Platform.Faults.LimitProcessorAsync(pod, Cores, stop)));

        try
        {
            var two = await RateAsync(run, "two replicas with limits", customers, stop);
            await using var gateway = await run.Platform.Faults.StopAsync(pods[0][^1], stop);
            await using var processor = await run.Platform.Faults.StopAsync(pods[1][^1], stop);
            var one = await RateAsync(run, "one replica with a limit", customers, stop);
            run.Note("orders of two replicas over those of one", two / one, "×", $"{two:0}/s over {one:0}/s, each replica with {Cores} cores");
        }
        finally
        {
            await Task.WhenAll(limits.Select(limit => limit.DisposeAsync().AsTask()));
        }
    }

    private static async Task<double> RateAsync(ScenarioRun run, string phase, Customers customers, CancellationToken stop) =>
        (await run.ClosedAsync(phase, Clients, run.Duration, customers.Place(phase.Replace(' ', '-')), stop, Options(run))).Goodput;

    // The tables are work of the generator.
    private static LoadOptions Options(ScenarioRun run) =>
        new() { WarmUp = ScenarioRun.WarmUpOf(run.Duration), MostGeneratorCores = double.MaxValue };
}
