using System.Text.Json.Nodes;
using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;
using Causeway.Load.Models;
using Causeway.Load.Verification;
using Causeway.LoadScenarios.Orders;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>Every pod is replaced again and again, as roll-outs do.</summary>
internal sealed class RollingUpdate : IExperiment
{
    private const int Swaps = 20;
    private const int Requests = 20_000;
    private static readonly string[] Deployments = ["orders-gateway", "orders-processor"];

    public string Name => "rolling-update";

    public string Description =>
        $"{Swaps} pods of gateways and processors are replaced one by one, each when its successor serves: no request fails, and none is repeated.";

    public TimeSpan Duration => TimeSpan.FromSeconds(Math.Ceiling(Requests / Rate) + 2);

    public double Rate => 125;

    public IReadOnlyList<ExpectedAlert> Alerts => [];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Rises("run", "Instances", "service_name=orders-gateway")];

    public Budget Budget => new(FailedShare: 0, Recovery: TimeSpan.FromSeconds(1), LeastAcknowledged: 1000, LeastRequests: Requests);

    public ITraffic Traffic => new Readers();

    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        Task.FromResult<IAsyncDisposable>(Ongoing.Start(ending => ReplaceAsync(run, ending), stop, endsByItself: true));

    private static async Task ReplaceAsync(ExperimentRun run, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        var newest = new Dictionary<string, string>();
        var least = Math.Ceiling(Swaps * Math.Min(1, run.Duration / new RollingUpdate().Duration));

        for (var swaps = 0; swaps < least || TimeProvider.System.GetElapsedTime(started) < run.Duration; swaps++)
        {
            var deployment = Deployments[swaps % Deployments.Length];
            var old = (await run.Platform.PodsOfAsync(deployment, stop)).First(pod => pod.Name != newest.GetValueOrDefault(deployment));
            newest[deployment] = run.Options.WithoutDrain
                ? await run.Faults.ReplaceAsync(old, stop, WithoutDrain, graceSeconds: 0)
                : await run.Faults.ReplaceAsync(old, stop);
            run.Note("pods replaced", swaps + 1);
        }
    }

    // As if the chart said so.
    private static void WithoutDrain(JsonObject pod) => PodVariables.Set(pod, "SHUTDOWN_DRAIN_SECONDS", "0");

    /// <summary>One of sixteen requests places an order, one reads one over a new connection, and the others read over connections that are kept.</summary>
    private sealed class Readers : ITraffic
    {
        private const int Orders = 20;

        public async Task<ITrafficRun> OpenAsync(LocalPlatform platform, int seed, CancellationToken stop)
        {
            var customers = await Customers.OpenAsync(platform, seed, stop);
            await customers.PlaceSomeAsync(Orders, stop);

            return new Run(customers);
        }

        private sealed class Run(Customers customers) : ITrafficRun
        {
            public Operation Request(string phase)
            {
                var (place, show, showOnce) = (customers.Place(phase), customers.Show(), customers.ShowOnce());

                return (arrival, stop) => (arrival.Number % 16) switch
                {
                    0 => place(arrival, stop),
                    1 => showOnce(arrival, stop),
                    _ => show(arrival, stop),
                };
            }

            public int Acknowledged => customers.Accepted;

            public Task<VerificationResult> VerifyAsync(CancellationToken stop) => customers.VerifyAsync(stop);

            public void Dispose() => customers.Dispose();
        }
    }
}
