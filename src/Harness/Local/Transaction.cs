using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Local;

/// <summary>
/// <c>services/&lt;workload&gt;/transaction.yaml</c>: what fills a workload with a little data after <c>up</c>, and one real transaction
/// through its front door that proves it works. <c>{name}</c> stands for a value kept from an earlier answer; <c>{unique}</c> is new in every run.
/// </summary>
public sealed partial class Transaction(JsonObject document, string file)
{
    /// <summary>How long a step is repeated while its answers carry Retry-After.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Query of PromQL, a series of which must rise when the transaction has been counted; null where the file names none.</summary>
    public string? Metric => (string?)document["metric"];

    public static Transaction? Find(Repository repository, string workload) =>
        repository.PathTo("services", workload, "transaction.yaml") is var file && File.Exists(file) ? new(Yaml.LoadFile(file), file) : null;

    /// <summary>Runs the steps of <paramref name="part"/> (<c>seed</c> or <c>steps</c>); returns one line for each.</summary>
    /// <param name="address">Where a component answers; for null, the edge.</param>
    /// <exception cref="PlatformException">An answer had another status than the step expects, and did not ask for a repetition, or did so for too
    /// long.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string part, Func<string?, Uri> address, HttpClient http, CancellationToken stop)
    {
        var kept = new Dictionary<string, string> { ["unique"] = Guid.CreateVersion7().ToString() };
        var lines = new List<string>();

        foreach (var step in document[part]?.AsArray() ?? [])
        {
            lines.Add(await StepAsync(step!, address, kept, http, stop));
        }

        return lines;
    }

    private async Task<string> StepAsync(JsonNode step, Func<string?, Uri> address, Dictionary<string, string> kept, HttpClient http, CancellationToken stop)
    {
        var (method, path) = Fill((string)step["request"]!, kept).Split(' ', 2) is [var verb, var rest]
            ? (verb, rest)
            : throw new InvalidDataException($"{file}: `request` must read `METHOD /path`.");
        var target = new Uri(address((string?)step["component"]), path);
        int[] expected = [.. step["expect"]!.AsArray().Select(status => (int)status!)];
        var started = TimeProvider.System.GetTimestamp();

        while (true)
        {
            using var request = Request(step, method, target, kept);
            using var answer = await http.SendAsync(request, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);

            if (expected.Contains((int)answer.StatusCode))
            {
                foreach (var (name, property) in step["keep"]?.AsObject() ?? [])
                {
                    kept[name] = JsonNode.Parse(text)![(string)property!]!.ToString();
                }

                return $"{method} {path} → {(int)answer.StatusCode}";
            }

            // Retry-After says that the same request may succeed: right after a start, or on a busy machine.
            if (answer.Headers.RetryAfter?.Delta is not { } wait || TimeProvider.System.GetElapsedTime(started) + wait > Patience)
            {
                throw new PlatformException(
                    $"{method} {target} answered {(int)answer.StatusCode}, {Path.GetFileName(file)} expects {string.Join(" or ", expected)}.",
                    "Read the answer and the service's log (`podman logs`), or correct the file.",
                    text);
            }

            await Task.Delay(wait, stop);
        }
    }

    private HttpRequestMessage Request(JsonNode step, string method, Uri target, Dictionary<string, string> kept)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), target);

        foreach (var (name, value) in step["headers"]?.AsObject() ?? [])
        {
            request.Headers.Add(name, Fill((string)value!, kept));
        }

        if (step["body"] is { } body)
        {
            request.Content = JsonContent.Create(JsonNode.Parse(Fill(body.ToJsonString(), kept)));
        }

        return request;
    }

    private string Fill(string text, Dictionary<string, string> kept) =>
        Placeholder().Replace(text, match => kept.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new InvalidDataException($"{file}: {match.Value} is not kept by an earlier step."));

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Placeholder();
}
