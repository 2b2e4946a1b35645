using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Proves a workload: its transaction goes through the edge, and is counted in Prometheus.</summary>
/// <param name="contract">The workload's.</param>
internal sealed class Proof(JsonObject contract, Transaction transaction, Uri edge, Uri prometheus)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The command that shows what the edge says, for the message of a failure.</summary>
    public required string EdgeLog { get; init; }

    /// <param name="component">Where a component answers.</param>
    /// <returns>What was asked and answered, in words.</returns>
    /// <exception cref="PlatformException">The edge finds no instance, an answer is not as expected, or the transaction is not counted.</exception>
    public async Task<string> RunAsync(Func<string, Uri> component, HttpClient http, CancellationToken stop)
    {
        var metrics = new Prometheus(prometheus, http);
        Uri Address(string? name) => name is null ? edge : component(name);

        await EdgeKnowsAsync(http, stop);
        await transaction.RunAsync("seed", Address, http, stop);
        var before = transaction.Metric is { } metric ? await metrics.SeriesAsync(metric, stop) : null;
        var lines = await transaction.RunAsync("steps", Address, http, stop);

        if (before is not null)
        {
            await metrics.WaitUntilRisenAsync(transaction.Metric!, before, TimeSpan.FromSeconds(30), stop);
        }

        return string.Join(", ", lines) + (before is null ? "" : ", counted in Prometheus");
    }

    /// <summary>Waits until the edge has found a ready pod for each of the workload's routes: after a start its health checks need a moment.</summary>
    private async Task EdgeKnowsAsync(HttpClient http, CancellationToken stop)
    {
        string[] routes = [
            .. contract["components"]!.AsObject()
                .SelectMany(component => component.Value!["routes"]?.AsArray() ?? [])
                .Select(route => (string)route!)
        ];
        var started = TimeProvider.System.GetTimestamp();

        foreach (var route in routes)
        {
            while (true)
            {
                try
                {
                    using var answer = await http.GetAsync(new Uri(edge, route), stop);

                    if ((int)answer.StatusCode != 503)
                    {
                        break;
                    }
                }
                catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
                {
                    // The edge is not listening yet.
                }

                if (TimeProvider.System.GetElapsedTime(started) > Patience)
                {
                    throw new PlatformException(
                        $"The edge found no ready instance for {route}.", $"`./causeway status` shows the pods; {EdgeLog} what the edge says.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            }
        }
    }
}
