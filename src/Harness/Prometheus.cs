using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness.Local;

namespace Causeway.Harness;

/// <summary>A rule as Prometheus last evaluated it.</summary>
/// <param name="Health">ok, err or unknown.</param>
/// <param name="State">Of an alert: inactive, pending or firing; empty for a recording rule.</param>
public sealed record RuleState(string Group, string Name, string Health, string State, string Error);

/// <summary>A value that a series had.</summary>
public readonly record struct Sample(DateTimeOffset Time, double Value);

/// <summary>Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/), as far as the harness asks it.</summary>
public sealed class Prometheus(Uri address, HttpClient http)
{
    /// <summary>The value of every series an instant query finds, by its labels.</summary>
    /// <exception cref="PlatformException">Prometheus refused the query, or answered something else than JSON.</exception>
    public async Task<IReadOnlyDictionary<string, double>> SeriesAsync(string query, CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri(address, $"/api/v1/query?query={Uri.EscapeDataString(query)}"), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        if (answer.Content.Headers.ContentType?.MediaType is not "application/json"
            || JsonNode.Parse(text) is not { } body
            || (string?)body["status"] != "success")
        {
            throw new PlatformException($"Prometheus refused the query {query}.", "Read its reason above.", text);
        }

        return body["data"]!["result"]!.AsArray().ToDictionary(
            series => series!["metric"]!.ToJsonString(),
            series => ValueOf((string)series!["value"]![1]!));
    }

    /// <summary>Every value that a query had from one moment to another, by the labels of its series.</summary>
    /// <param name="step">From one evaluation to the next.</param>
    /// <exception cref="PlatformException">Prometheus refused the query, or answered something else than JSON.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Sample>>> RangeAsync(
        string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken stop)
    {
        string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
        var path = $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Seconds(from)}&end={Seconds(to)}" +
            $"&step={step.TotalSeconds.ToString(CultureInfo.InvariantCulture)}";
        using var answer = await http.GetAsync(new Uri(address, path), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        if (answer.Content.Headers.ContentType?.MediaType is not "application/json" || JsonNode.Parse(text)?["data"]?["result"] is not JsonArray series)
        {
            throw new PlatformException($"Prometheus refused the query {query}.", "Read its reason above.", text);
        }

        return series.ToDictionary(
            one => one!["metric"]!.ToJsonString(),
            one => (IReadOnlyList<Sample>)[
                .. one!["values"]!.AsArray().Select(value => new Sample(
                    DateTimeOffset.FromUnixTimeMilliseconds((long)((double)value![0]! * 1000)), ValueOf((string)value[1]!))),
            ]);
    }

    // https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats
    private static double ValueOf(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>Every rule there is, as it was evaluated last.</summary>
    /// <exception cref="PlatformException">Prometheus answered something else than JSON.</exception>
    public async Task<IReadOnlyList<RuleState>> RulesAsync(CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri(address, "/api/v1/rules"), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        if (answer.Content.Headers.ContentType?.MediaType is not "application/json" || JsonNode.Parse(text)?["data"]?["groups"] is not JsonArray groups)
        {
            throw new PlatformException("Prometheus does not tell its rules.", "Read its answer above.", text);
        }

        return
        [
            .. from one in groups
               from rule in one!["rules"]!.AsArray()
               select new RuleState(
                   (string)one["name"]!, (string)rule!["name"]!, (string)rule["health"]!, (string?)rule["state"] ?? "", (string?)rule["lastError"] ?? ""),
        ];
    }

    /// <summary>
    /// Waits until an instant query finds a series that is new or higher than <paramref name="before"/>. A restarted counter is a new series.
    /// </summary>
    /// <exception cref="PlatformException">It does not within <paramref name="patience"/>.</exception>
    public async Task WaitUntilRisenAsync(string query, IReadOnlyDictionary<string, double> before, TimeSpan patience, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();

        while (!(await SeriesAsync(query, stop)).Any(series => series.Value > before.GetValueOrDefault(series.Key)))
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                throw new PlatformException(
                    $"Prometheus does not count what was just done: no series of {query} has risen.",
                    "Look at the services' OTLP export (their logs), at vmagent's log, and query Prometheus by hand.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }
}
