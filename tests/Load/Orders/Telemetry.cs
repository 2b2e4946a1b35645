using Causeway.Harness.Local;
using Causeway.Load;
using Causeway.Load.Comparison;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>What it costs to be watched: orders with metrics and traces over orders without them, in turns. Every turn rolls out the services.</summary>
internal sealed class Telemetry : IScenario
{
    private const int Clients = 16;
    private const int Rounds = 4;

    public string Name => "telemetry";

    public string Description => "What telemetry costs: new orders with metrics and traces over new orders without them, in turns.";

    /// <summary>Of one measurement; there are eight.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(15);

    public double Rate => Clients;

    /// <summary>Goals are goals: what they are missed by is in the figures.</summary>
    public IReadOnlyList<Threshold> Thresholds => [];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop);
        var rates = new List<(double With, double Without)>();

        try
        {
            foreach (var (round, isWithoutFirst) in PairedRatios.Order(Rounds).Index())
            {
                var early = isWithoutFirst ? await WithoutAsync(run, customers, round, stop) : 0;
                var with = await WithAsync(run, customers, round, stop);
                rates.Add((with, isWithoutFirst ? early : await WithoutAsync(run, customers, round, stop)));
            }
        }
        finally
        {
            await Deployments.RollOutAsync(run, change: null, CancellationToken.None);
        }

        double[] ratios = [.. rates.Select(rate => rate.With / rate.Without).Order()];
        run.Note(
            "orders with telemetry over without",
            (ratios[(Rounds / 2) - 1] + ratios[Rounds / 2]) / 2,
            "×",
            $"{Clients} clients, median of {Rounds} turns from {ratios[0]:0.00} to {ratios[^1]:0.00}; goal ≥ 0.95");
        run.Verified(await customers.VerifyAsync(stop));
    }

    private static async Task<double> WithAsync(ScenarioRun run, Customers customers, int round, CancellationToken stop)
    {
        await Deployments.RollOutAsync(run, change: null, stop);

        return await RateAsync(run, "with telemetry", customers.Place($"with{round}"), stop);
    }

    // A signal without an address is off.
    private static async Task<double> WithoutAsync(ScenarioRun run, Customers customers, int round, CancellationToken stop)
    {
        await Deployments.RollOutAsync(
            run,
            pod =>
            {
                PodVariables.Set(pod, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "");
                PodVariables.Set(pod, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "");
            },
            stop);

        return await RateAsync(run, "without telemetry", customers.Place($"without{round}"), stop);
    }

    private static async Task<double> RateAsync(ScenarioRun run, string phase, Operation operation, CancellationToken stop)
    {
        // New processes compile their code first.
        var options = new LoadOptions { WarmUp = run.Duration / 2, MostGeneratorCores = double.MaxValue };

        return (await run.ClosedAsync(phase, Clients, run.Duration, operation, stop, options)).Goodput;
    }
}
