using Causeway.Load.Models;

namespace Causeway.Load.Scenarios;

/// <summary>
/// Warms a platform: a few clients until they have got no more through for a while. What has just come up compiles its code while it answers, and at a rate
/// that it sustains later its queues would fill and stay full.
/// </summary>
public static class WarmUp
{
    private const int Clients = 4;
    private const int SteadyWindows = 4;
    private const int MostWindows = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <param name="operation">What a client does in each of the windows, by their number.</param>
    /// <param name="say">Receives what came of it.</param>
    public static async Task RunAsync(Func<int, Operation> operation, Action<string> say, CancellationToken stop)
    {
        var (best, window) = (0.0, 0);

        for (var since = 0; since < SteadyWindows && window < MostWindows; window++)
        {
            var result = await new ClosedModel(Clients, Window).RunAsync(operation(window), new LoadOptions(), stop);
            since = result.Goodput > 1.1 * best ? 0 : since + 1;
            best = Math.Max(best, result.Goodput);
        }

        say($"warm after {window * Window.TotalSeconds:0} s: {best:0.#}/s with {Clients} clients");
    }
}
