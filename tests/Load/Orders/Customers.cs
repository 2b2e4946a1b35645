using System.Globalization;
using System.Net.Http.Json;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Load;
using Causeway.Load.Models;
using Causeway.Load.Scenarios;
using Causeway.Load.Verification;

namespace Causeway.LoadScenarios.Orders;

/// <summary>
/// The customers of one run, with SKUs of their own: what they ask for follows from the seed and the number of an arrival, what came of it is written down, and
/// held against the tables at the end.
/// </summary>
public sealed class Customers : IDisposable
{
    private const int Count = 50;
    private const int Shown = 50;
    private const string Endpoint = "POST /orders";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Three times ORDERS_LEASE_SECONDS of the gateway: one that takes over what another one left may end, too.
    private static readonly TimeSpan Leases = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);

    private readonly LocalPlatform platform;
    private readonly int seed;
    private readonly OrdersTables tables;
    private readonly History history = new();
    private readonly OrdersClient newcomer;
    private readonly string[] skus;
    private readonly int pieces;
    private string[] placed = [];
    private int soldOut;

    private Customers(LocalPlatform platform, int seed, OrdersTables tables, int skus, int pieces)
    {
        this.platform = platform;
        this.seed = seed;
        this.tables = tables;
        this.pieces = pieces;
        Name = $"load-{Guid.CreateVersion7():N}"[..17];
        this.skus = [.. Enumerable.Range(0, skus).Select(sku => $"{Name}-{sku}")];
        Client = new OrdersClient(platform);
        newcomer = new OrdersClient(platform, keepsConnections: false);
    }

    /// <summary>Begins the names of the run's customers and SKUs.</summary>
    public string Name { get; }

    /// <summary>How they ask.</summary>
    internal OrdersClient Client { get; }

    /// <summary>What is stored.</summary>
    public OrdersTables Tables => tables;

    /// <summary>How many orders were accepted.</summary>
    public int Accepted => history.Entries.Count(entry => entry.Knowledge is Knowledge.Acknowledged);

    /// <summary>How many orders were refused because the stock was sold.</summary>
    public int SoldOut => Volatile.Read(ref soldOut);

    /// <summary>Opens the shop for a scenario: every SKU gets its stock, and the platform is warmed.</summary>
    /// <param name="pieces">Of each SKU.</param>
    /// <param name="warms">Whether some orders are placed before anything is measured.</param>
    /// <param name="tables">Where the services keep what they store; null: where they are meant to.</param>
    internal static async Task<Customers> OpenAsync(
        ScenarioRun run, CancellationToken stop, int skus = 20, int pieces = 1_000_000, bool warms = true, OrdersTables? tables = null)
    {
        var customers = await OpenAsync(run.Platform, run.Seed, stop, skus, pieces, tables);

        if (warms)
        {
            await run.WarmAsync(window => customers.Place($"warm{window}"), stop);
        }

        return customers;
    }

    /// <summary>Opens the shop: every SKU gets its stock.</summary>
    /// <param name="seed">Of everything that customers choose.</param>
    /// <param name="pieces">Of each SKU.</param>
    /// <param name="tables">Where the services keep what they store; null: where they are meant to.</param>
    public static async Task<Customers> OpenAsync(
        LocalPlatform platform, int seed, CancellationToken stop, int skus = 20, int pieces = 1_000_000, OrdersTables? tables = null)
    {
        var customers = new Customers(platform, seed, tables ?? await OrdersTables.OpenAsync(platform, stop), skus, pieces);
        await customers.StockAsync(customers.skus, stop);

        return customers;
    }

    /// <summary>Gives SKUs as many pieces each as the run's own have.</summary>
    public async Task StockAsync(IEnumerable<string> wanted, CancellationToken stop)
    {
        using var processor = new HttpClient { BaseAddress = await platform.AddressOfAsync("orders", "processor", stop) };

        foreach (var sku in wanted)
        {
            using var answer = await processor.PostAsJsonAsync($"/inventory/{sku}/adjustments", new { id = "load", delta = pieces }, stop);

            if (!answer.IsSuccessStatusCode)
            {
                throw new PlatformException(
                    $"Stock of {sku} could not be set: status {(int)answer.StatusCode}.",
                    "`./causeway status` shows whether the processors are ready.",
                    await answer.Content.ReadAsStringAsync(stop));
            }
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        newcomer.Dispose();
        tables.Dispose();
    }

    /// <summary>Places an order of one piece of a SKU that the seed chooses, under a key of its own.</summary>
    /// <param name="phase">Keeps keys of phases apart.</param>
    public Operation Place(string phase) => (arrival, stop) => PlaceAsync(phase, arrival, isSoldOutFine: false, stop);

    /// <summary>The same where the last piece may be sold: to be told so is the right answer then.</summary>
    public Operation PlaceWhileStockLasts(string phase) => (arrival, stop) => PlaceAsync(phase, arrival, isSoldOutFine: true, stop);

    /// <summary>Repeats the first orders of a phase, key and body, again and again.</summary>
    public Operation Replay(string phase, int orders) => (arrival, stop) =>
        PlaceAsync(phase, arrival with { Number = arrival.Number % orders }, isSoldOutFine: false, stop);

    /// <summary>Reads the orders of <see cref="PlaceSomeAsync"/> in turn.</summary>
    public Operation Show() => (arrival, stop) => Client.ShowAsync(placed[(int)(arrival.Number % placed.Length)], stop);

    /// <summary>The same, each time over a new connection.</summary>
    public Operation ShowOnce() => (arrival, stop) => newcomer.ShowAsync(placed[(int)(arrival.Number % placed.Length)], stop);

    /// <summary>Ids of the orders of <see cref="PlaceSomeAsync"/>.</summary>
    public IReadOnlyList<string> Placed => placed;

    /// <summary>One in four arrivals places an order, two read one, and one lists a customer's.</summary>
    public Operation Mixed(string phase) => (arrival, stop) => Choice(arrival, salt: 1).Next(4) switch
    {
        0 => PlaceAsync(phase, arrival, isSoldOutFine: false, stop),
        1 => Client.ListAsync(CustomerOf(arrival), stop),
        _ => placed is { Length: > 0 } known
            ? Client.ShowAsync(known[Choice(arrival, salt: 2).Next(known.Length)], stop)
            : PlaceAsync(phase, arrival, isSoldOutFine: false, stop),
    };

    /// <summary>Places an order and repeats the request under the same key, a second after each answer that is not one for good.</summary>
    /// <returns>How many tries it took; null: it was not accepted in time.</returns>
    public async Task<int?> PlacePatientlyAsync(string phase, int number, TimeSpan patience, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();

        for (var tries = 1; TimeProvider.System.GetElapsedTime(started) < patience; tries++)
        {
            if ((await PlaceAsync(phase, new Arrival(number, TimeSpan.Zero), isSoldOutFine: false, stop)).Kind is OutcomeKind.Ok)
            {
                return tries;
            }

            await Task.Delay(RetryAfter, stop);
        }

        return null;
    }

    /// <summary>
    /// Places an order as a patient client does: under the same key, a few times if need be, and more often once it is told that the order is being placed.
    /// What came of the last try is the outcome.
    /// </summary>
    /// <param name="pauses">Before each repetition.</param>
    public Operation PlaceAgain(string phase, IReadOnlyList<TimeSpan> pauses) => async (arrival, stop) =>
    {
        var answer = await AskAsync(phase, arrival, stop);

        for (var repetition = 0; answer.Kind is not OutcomeKind.Ok && repetition < pauses.Count; repetition++)
        {
            await Task.Delay(pauses[repetition], stop);
            answer = await AskAsync(phase, arrival, stop);
        }

        // A gateway that ended in the middle holds the order until its lease ends.
        var isHeld = answer.IsInProgress;

        for (var waited = TimeSpan.Zero; isHeld && answer.Kind is not OutcomeKind.Ok && waited < Leases; waited += RetryAfter)
        {
            await Task.Delay(RetryAfter, stop);
            answer = await AskAsync(phase, arrival, stop);
        }

        return new Outcome(Endpoint, answer.Kind);
    };

    /// <summary>
    /// Places an order as an impatient client does: two requests at once under the same key, tried again if neither is answered for good, and once more
    /// when it is. To be told that the last piece is sold is a right answer.
    /// </summary>
    /// <param name="pauses">Before each repetition.</param>
    public Operation PlaceOften(string phase, IReadOnlyList<TimeSpan> pauses) => async (arrival, stop) =>
    {
        Task<Outcome> PressAsync() => PlaceAsync(phase, arrival, isSoldOutFine: true, stop);
        var both = await Task.WhenAll(PressAsync(), PressAsync());
        var outcome = both[0].Kind is OutcomeKind.Ok ? both[0] : both[1];

        foreach (var pause in pauses)
        {
            if (outcome.Kind is OutcomeKind.Ok)
            {
                break;
            }

            await Task.Delay(pause, stop);
            outcome = await PressAsync();
        }

        return outcome.Kind is OutcomeKind.Ok ? await PressAsync() : outcome;
    };

    /// <summary>Places orders one after another, for <see cref="Mixed"/> to read.</summary>
    public async Task PlaceSomeAsync(int count, CancellationToken stop)
    {
        for (var number = 0; number < count; number++)
        {
            await PlaceAsync("before", new Arrival(number, TimeSpan.Zero), isSoldOutFine: false, stop);
        }

        placed = [.. history.Entries.Select(entry => entry.Id).OfType<string>()];
    }

    /// <summary>
    /// Waits until the workload has finished what clients left unfinished, then compares what was acknowledged with what is stored, and the stock with what was
    /// sold.
    /// </summary>
    public async Task<VerificationResult> VerifyAsync(CancellationToken stop)
    {
        var requests = await SettledAsync(stop);
        var orders = await tables.ItemsAsync("orders", "customer", $"{Name}-", stop);
        var accepted = orders.Where(order => order["status"].S is "accepted").ToArray();
        var keys = requests.Where(request => request["state"].S is "done").ToDictionary(request => request["orderId"].S, request => request["id"].S);
        var check = HistoryCheck.Of(history.Entries, accepted.Select(order => new StoredItem(keys.GetValueOrDefault(order["id"].S), order["id"].S)));
        var sold = accepted.SelectMany(order => order["lines"].L)
            .GroupBy(line => line.M["sku"].S)
            .ToDictionary(sku => sku.Key, sku => sku.Sum(line => int.Parse(line.M["quantity"].N, CultureInfo.InvariantCulture)));
        var left = await Task.WhenAll(skus.Select(sku => tables.AvailableAsync(sku, stop)));
        var unfinished = requests.Count(request => request["state"].S is not ("done" or "cancelled"));
        string[] sample = [.. history.Entries.Select(entry => entry.Id).OfType<string>().Distinct().TakeLast(Shown)];
        var shown = 0;

        foreach (var id in sample)
        {
            shown += (await Client.ShowAsync(id, stop)).Kind is OutcomeKind.Ok ? 1 : 0;
        }

        return new VerificationResult(check,
        [
            new("pieces in stock, all SKUs", $"{((long)pieces * skus.Length) - sold.Values.Sum()}", $"{left.Sum(sku => (long)sku)}"),
            new("SKUs whose stock is what was not sold",
                $"{skus.Length}",
                $"{skus.Zip(left).Count(sku => sku.Second == pieces - sold.GetValueOrDefault(sku.First))}"),
            new("SKUs that were sold oftener than there were pieces", "0", $"{sold.Values.Count(count => count > pieces)}"),
            new("requests that are left unfinished", "0", $"{unfinished}"),
            new("latest acknowledged orders that the API shows", $"{sample.Length}", $"{shown}"),
        ]);
    }

    private async Task<Outcome> PlaceAsync(string phase, Arrival arrival, bool isSoldOutFine, CancellationToken stop)
    {
        var answer = await AskAsync(phase, arrival, stop);

        return new Outcome(Endpoint, answer.IsSoldOut && isSoldOutFine ? OutcomeKind.Ok : answer.Kind);
    }

    private async Task<PlaceAnswer> AskAsync(string phase, Arrival arrival, CancellationToken stop)
    {
        var (customer, key) = (CustomerOf(arrival), $"{phase}-{arrival.Number}");
        var answer = await Client.PlaceAsync(customer, key, [new(skus[Choice(arrival, salt: 0).Next(skus.Length)], 1)], stop);
        var write = $"{customer}#{key}";

        switch (answer.Knowledge)
        {
            case Knowledge.Acknowledged:
                history.Acknowledged(write, answer.Id!);
                break;

            case Knowledge.Refused:
                history.Refused(write);
                break;

            default:
                history.Unknown(write);
                break;
        }

        if (answer.IsSoldOut)
        {
            Interlocked.Increment(ref soldOut);
        }

        return answer;
    }

    private string CustomerOf(Arrival arrival) => $"{Name}-{arrival.Number % Count}";

    // Made of the arrival's number, so that the order in which requests run changes nothing.
    private Random Choice(Arrival arrival, int salt) => new(unchecked((seed * 31) + ((int)arrival.Number * 7919) + salt));

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>>> SettledAsync(CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();

        while (true)
        {
            var requests = await tables.ItemsAsync("requests", "id", $"{Name}-", stop);

            if (requests.All(request => request["state"].S is "done" or "cancelled") || TimeProvider.System.GetElapsedTime(started) > Settled)
            {
                return requests;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    }
}
