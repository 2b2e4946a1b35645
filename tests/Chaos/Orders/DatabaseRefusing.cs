using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;
using Causeway.Load.Models;
using Causeway.Load.Verification;
using Causeway.LoadScenarios.Orders;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>The tables have no capacity at all.</summary>
internal sealed class DatabaseRefusing : IExperiment
{
    /// <summary>What the sweeper and readiness ask is counted with them.</summary>
    private const string CallsPerRequest = "calls of the database per request";

    public string Name => "database-refusing";

    public string Description =>
        "DynamoDB refuses every call of the gateways for lack of capacity: a request repeats a few of them and is refused, so that the load stays what it was.";

    public TimeSpan Duration => TimeSpan.FromSeconds(20);

    public IReadOnlyList<ExpectedAlert> Alerts => [new("DatabaseThrottled")];

    public IReadOnlyList<ExpectedPanel> Panels => [ExpectedPanel.Fills("dynamodb", "Throttled")];

    public Budget Budget => new(FailedShare: 1, Recovery: TimeSpan.FromSeconds(15), LeastAcknowledged: 100);

    public IReadOnlyDictionary<string, double> Limits => new Dictionary<string, double> { [CallsPerRequest] = 15 };

    public ITraffic Traffic => new Resigned();

    public async Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var fault = await run.Faults.AnswerAsync("orders-gateway", "dynamodb-local", 1, FaultyAnswer.Throttled, run.Options.Seed, stop);

        return Ongoing.Start(ending => Task.Delay(Timeout.InfiniteTimeSpan, ending), stop, async () =>
        {
            var requests = ((IExperiment)this).Rate * TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            run.Note(CallsPerRequest, fault.AnsweredRequests() / requests);
            await fault.DisposeAsync();
        });
    }

    /// <summary>Customers who do not ask again, so that all repetitions are the service's own.</summary>
    private sealed class Resigned : ITraffic
    {
        public async Task<ITrafficRun> OpenAsync(LocalPlatform platform, int seed, CancellationToken stop) =>
            new Run(await Customers.OpenAsync(platform, seed, stop));

        private sealed class Run(Customers customers) : ITrafficRun
        {
            public Operation Request(string phase) => customers.Place(phase);

            public int Acknowledged => customers.Accepted;

            public Task<VerificationResult> VerifyAsync(CancellationToken stop) => customers.VerifyAsync(stop);

            public void Dispose() => customers.Dispose();
        }
    }
}
