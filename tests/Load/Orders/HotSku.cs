using Causeway.Load;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>Everyone wants the same thing.</summary>
internal sealed class HotSku : IScenario
{
    private const int Clients = 64;
    private const int Pieces = 300;

    public string Name => "hot-sku";

    public string Description =>
        $"{Clients} clients order one SKU of which there are {Pieces} pieces, until all are sold and beyond: exactly the stock is sold, and the rest " +
        "is told so.";

    public TimeSpan Duration => TimeSpan.FromSeconds(45);

    public double Rate => Clients;

    public IReadOnlyList<Threshold> Thresholds =>
    [
        Threshold.AtMost("errors", "errors of 1000 requests, refusals not counted", 1),
        Threshold.AtLeast("sold", $"pieces sold, of {Pieces}", Pieces),
        Threshold.AtLeast("sold-out", "orders that were told that the stock is sold", 1),
    ];

    public async Task RunAsync(ScenarioRun run, CancellationToken stop)
    {
        using var customers = await Customers.OpenAsync(run, stop, skus: 1, pieces: Pieces, warms: false);
        var result = await run.ClosedAsync("hot SKU", (int)run.Rate, run.Duration, customers.PlaceWhileStockLasts("hot"), stop);

        run.Judge("errors", 1000 * result.ErrorRatio);
        run.Judge("sold", customers.Accepted);
        run.Judge("sold-out", customers.SoldOut);
        run.Verified(await customers.VerifyAsync(stop));
    }
}
