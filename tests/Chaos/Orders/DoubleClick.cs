using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;
using Causeway.Load.Models;
using Causeway.Load.Verification;
using Causeway.LoadScenarios.Orders;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>What is broken is the customers' patience.</summary>
internal sealed class DoubleClick : IExperiment
{
    private const int Pieces = 8;

    public string Name => "double-click";

    public string Description =>
        $"Every order is sent three times under its key, twice at once, and there are {Pieces} pieces of each SKU: each key makes one order or none.";

    public TimeSpan Duration => TimeSpan.FromSeconds(10);

    public IReadOnlyList<ExpectedAlert> Alerts => [];

    public IReadOnlyList<ExpectedPanel> Panels => [];

    public Budget Budget => new(FailedShare: 0, Recovery: TimeSpan.FromSeconds(5), LeastAcknowledged: 50);

    public ITraffic Traffic => new Impatient();

    // They click from the first request on: nothing else has to be broken.
    public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) =>
        Task.FromResult<IAsyncDisposable>(Ongoing.All([], stop));

    private sealed class Impatient : ITraffic
    {
        private const int Skus = 20;
        private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

        public async Task<ITrafficRun> OpenAsync(LocalPlatform platform, int seed, CancellationToken stop) =>
            new Run(await Customers.OpenAsync(platform, seed, stop, Skus, Pieces));

        private sealed class Run(Customers customers) : ITrafficRun
        {
            public Operation Request(string phase) => customers.PlaceOften(phase, Pauses);

            public int Acknowledged => customers.Accepted;

            public Task<VerificationResult> VerifyAsync(CancellationToken stop) => customers.VerifyAsync(stop);

            public void Dispose() => customers.Dispose();
        }
    }
}
