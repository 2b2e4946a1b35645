using Causeway.Load;
using Causeway.Load.Comparison;
using Causeway.Load.Models;
using Causeway.Load.Reports;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>
/// Ratios of values of one run: what the services cost over the bare calls that they make, to the same stand-in, in turns. A ratio says something on any box;
/// the rates themselves are the stand-in's, and say nothing of DynamoDB.
/// </summary>
internal sealed class Figures : IScenario
{
    private const int Clients = 16;
    private const int HotClients = 64;
    private const int Rounds = 4;
    private const int Read = 20;

    public string Name => "figures";

    public string Description =>
        "What the services cost: orders, the hot SKU and reads held against a bare loop of the same calls, and replays against new orders.";

    /// <summary>Of one measurement; there are about thirty.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(6);

    public double Rate => Clients;

    /// <summary>Goals are goals: what they are missed by is in the figures.</summary>
    public IReadOnlyList<Threshold> Thresholds => [];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        using var hot = await Customers.OpenAsync(run, stop, skus: 1, warms: false);
        var name = $"bare-{customers.Name}";
        string[] skus = [.. Enumerable.Range(0, 20).Select(sku => $"{name}-{sku}")];
        await customers.StockAsync(skus, stop);
        var bare = new BareCalls(customers.Tables.All.Client, name);
        await customers.PlaceSomeAsync(Read, stop);

        var newOrders = await InTurnsAsync(
            run, "orders over a bare loop", "goal ≥ 0.80", Clients, round => customers.Place($"new{round}"), _ => bare.Order(skus), stop);
        await InTurnsAsync(
            run, "hot SKU over a bare conditional update", "goal ≥ 0.5", HotClients, round => hot.Place($"hot{round}"), _ => bare.Take(skus[0]), stop);
        await InTurnsAsync(
            run,
            "hot SKU in a bare loop of an order's calls over a bare conditional update",
            "more than this the stand-in does not let the hot SKU reach",
            HotClients,
            _ => bare.Order([skus[0]]),
            _ => bare.Take(skus[0]),
            stop);
        var replays = await ClosedAsync(run, "replay", Clients, customers.Replay("new0", orders: 10), stop);
        run.Note("replay of a known key over a new order", replays / newOrders, "×", $"{replays:0}/s over {newOrders:0}/s; goal ≥ 1.5");
        await ReadsAsync(run, customers, bare, stop);
        await CostsAsync(run, customers, bare, skus, stop);
        run.Verified(await customers.VerifyAsync(stop));
        run.Verified(await hot.VerifyAsync(stop));
    }

    /// <summary>Measures two loads in turns, and notes the median of their ratios; returns the median rate of the first.</summary>
    private static async Task<double> InTurnsAsync(
        ScenarioRun run, string figure, string goal, int clients, Func<int, Operation> ours, Func<int, Operation> bare, CancellationToken stop)
    {
        var rates = new List<(double Ours, double Bare)>();

        foreach (var (round, isBareFirst) in PairedRatios.Order(Rounds).Index())
        {
            var early = isBareFirst ? await ClosedAsync(run, $"{figure}: bare", clients, bare(round), stop) : 0;
            var own = await ClosedAsync(run, figure, clients, ours(round), stop);
            rates.Add((own, isBareFirst ? early : await ClosedAsync(run, $"{figure}: bare", clients, bare(round), stop)));
        }

        var ratio = Median(rates.Select(rate => rate.Ours / rate.Bare));
        var (ourRate, bareRate) = (Median(rates.Select(rate => rate.Ours)), Median(rates.Select(rate => rate.Bare)));
        run.Note(figure, ratio, "×", $"{ourRate:0}/s over {bareRate:0}/s, {clients} clients, median of {Rounds} turns; {goal}");

        return ourRate;
    }

    /// <summary>What edge and gateway add to the one read that showing an order takes, at half of what they sustain.</summary>
    private static async Task ReadsAsync(ScenarioRun run, Customers customers, BareCalls bare, CancellationToken stop)
    {
        var half = await ClosedAsync(run, "reads", Clients, customers.Show(), stop) / 2;
        var options = Options(run) with { MostGeneratorCores = double.MaxValue };
        var added = new List<double>();

        for (var round = 0; round < Rounds; round++)
        {
            var profile = RateProfile.Constant(half, run.Duration);
            var ours = await run.OpenAsync("reads at half load", profile, customers.Show(), stop, options: options);
            var theirs = await run.OpenAsync("reads at half load: bare", profile, bare.Show(customers.Placed), stop, options: options);
            added.Add(ours.Latency.Percentile(99) - theirs.Latency.Percentile(99));
        }

        run.Note("p99 that edge and gateway add to a read at half load", Median(added), "ms", $"at {half:0}/s, median of {Rounds} turns; goal ≤ 3");
    }

    /// <summary>Processor time and allocated memory of an order, over those of the bare loop.</summary>
    private static async Task CostsAsync(ScenarioRun run, Customers customers, BareCalls bare, string[] skus, CancellationToken stop)
    {
        var before = await run.ServiceUseAsync(stop);
        var ours = await run.ClosedAsync("cost", Clients, run.Duration, customers.Place("cost"), stop, Options(run));
        var after = await run.ServiceUseAsync(stop);
        var (cpu, memory) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var theirs = await run.ClosedAsync("cost: bare", Clients, run.Duration, bare.Order(skus), stop, Options(run));
        double Rise(Func<ServiceUse, double> of) => after.Sum(of) - before.Sum(of);
        double Done(Load.Measurement.LoadResult result) => result.Timeline.Sum(second => second.Ok);
        var (ourCpu, bareCpu) = (1000 * Rise(use => use.CpuSeconds) / Done(ours), (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Done(theirs));
        var (ourMemory, bareMemory) =
            (1024 * Rise(use => use.AllocatedMiB) / Done(ours), (GC.GetTotalAllocatedBytes() - memory) / 1024.0 / Done(theirs));

        run.Note("CPU of an order over the bare loop's", ourCpu / bareCpu, "×", $"{ourCpu:0.00} ms over {bareCpu:0.00} ms; gateway and processor together");
        run.Note("memory that an order allocates over the bare loop's", ourMemory / bareMemory, "×", $"{ourMemory:0} KiB over {bareMemory:0} KiB");
    }

    private static async Task<double> ClosedAsync(ScenarioRun run, string phase, int clients, Operation operation, CancellationToken stop) =>
        (await run.ClosedAsync(phase, clients, run.Duration, operation, stop, Options(run))).Goodput;

    // The bare loop is work of the generator: its processor time is part of what is compared.
    private static LoadOptions Options(ScenarioRun run) =>
        new() { WarmUp = ScenarioRun.WarmUpOf(run.Duration), MostGeneratorCores = double.MaxValue };

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted && sorted.Length % 2 is 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
