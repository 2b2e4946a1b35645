using System.Text.Json.Nodes;

namespace Causeway.Harness;

/// <summary>Alertmanager's HTTP API (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml), as far as the harness asks it.</summary>
public sealed class Alertmanager(Uri address, HttpClient http)
{
    /// <summary>The labels of every alert that it holds for active.</summary>
    /// <exception cref="PlatformException">It answered something else than JSON.</exception>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> ActiveAsync(CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri(address, "/api/v2/alerts?active=true&silenced=true&inhibited=true"), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        return answer.Content.Headers.ContentType?.MediaType is "application/json" && JsonNode.Parse(text) is JsonArray alerts
            ? [.. alerts.Select(alert => alert!["labels"]!.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!))]
            : throw new PlatformException("Alertmanager does not tell its alerts.", "Read its answer above.", text);
    }
}
