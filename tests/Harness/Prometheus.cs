using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness.Local;

namespace Causeway.Harness;

/// <summary>Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/), as far as the harness asks it.</summary>
public sealed class Prometheus(Uri address, HttpClient http)
{
    /// <summary>The value of an instant query with one result; null where it has none.</summary>
    /// <exception cref="PlatformException">Prometheus refused the query.</exception>
    public async Task<double?> ValueAsync(string query, CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri(address, $"/api/v1/query?query={Uri.EscapeDataString(query)}"), stop);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))!;

        if ((string?)body["status"] != "success")
        {
            throw new PlatformException($"Prometheus refused the query {query}.", (string?)body["error"] ?? "It gave no reason.");
        }

        return body["data"]!["result"]!.AsArray() is [var only, ..] ? double.Parse((string)only!["value"]![1]!, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Waits until an instant query's value exceeds <paramref name="floor"/>.</summary>
    /// <exception cref="PlatformException">It does not within <paramref name="patience"/>.</exception>
    public async Task WaitUntilAboveAsync(string query, double floor, TimeSpan patience, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();

        while ((await ValueAsync(query, stop) ?? 0) <= floor)
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                throw new PlatformException(
                    $"Prometheus does not count what was just done: {query} stays at {floor}.",
                    "Look at the services' OTLP export (their logs), at vmagent's log, and query Prometheus by hand.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }
}
