using Causeway.Chaos.Experiments;
using Causeway.Harness.Local;
using Causeway.Load.Models;
using Causeway.Load.Verification;
using Causeway.LoadScenarios.Orders;

namespace Causeway.ChaosExperiments.Orders;

/// <summary>Customers who place orders, and repeat a request that is not answered twice, under the same key.</summary>
internal sealed class OrdersTraffic : ITraffic
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    public async Task<ITrafficRun> OpenAsync(LocalPlatform platform, int seed, CancellationToken stop) =>
        new Run(await Customers.OpenAsync(platform, seed, stop));

    private sealed class Run(Customers customers) : ITrafficRun
    {
        public Operation Request(string phase) => customers.PlaceAgain(phase, Pauses);

        public int Acknowledged => customers.Accepted;

        public Task<VerificationResult> VerifyAsync(CancellationToken stop) => customers.VerifyAsync(stop);

        public void Dispose() => customers.Dispose();
    }
}
