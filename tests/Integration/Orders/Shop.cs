using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.LoadScenarios.Orders;

namespace Causeway.Integration.Orders;

/// <summary>What a service answered. <paramref name="Body"/> is null where it was empty or no JSON.</summary>
public sealed record Answer(int Status, JsonNode? Body, string Text, HttpResponseMessage Message)
{
    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    public string MediaType => Message.Content.Headers.ContentType?.MediaType ?? "";
}

/// <summary>
/// The orders workload as its users see it: orders through the edge, stock through the processor's own address, and, to check, what the tables hold.
/// </summary>
public sealed class Shop : IDisposable
{
    private readonly LocalPlatform platform;
    private readonly HttpClient http;
    private OrdersTables? tables;

    private Shop(LocalPlatform platform)
    {
        this.platform = platform;
        var connections = new SocketsHttpHandler { MaxConnectionsPerServer = 256, PooledConnectionLifetime = TimeSpan.FromSeconds(5) };
        http = new HttpClient(connections) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>The one shop of a run.</summary>
    public static Shop Of(RunningPlatform running) => running.Shared(() => new Shop(running.Platform));

    public Uri Edge => platform.Addresses.Edge;

    public void Dispose()
    {
        http.Dispose();
        tables?.Dispose();
    }

    /// <summary>Sends a request as it is, through the edge unless <paramref name="to"/> says otherwise.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? body, CancellationToken stop, string? key = null, Uri? to = null, string mediaType = "application/json")
    {
        var address = new Uri(to ?? Edge, path);
        using var request = new HttpRequestMessage(method, address);

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        var answer = await SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true && text is not ""
            ? JsonNode.Parse(text)
            : null;

        return new Answer((int)answer.StatusCode, json, text, answer);
    }

    // A request without any answer says nothing of where it is stuck: the connections do.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return await http.SendAsync(request, stop);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            var connections = await ConnectionsAsync(request.RequestUri!, stop);

            throw new TimeoutException($"{request.Method} {request.RequestUri} is not answered within {http.Timeout.TotalSeconds} s.\n{connections}", late);
        }
    }

    // Those to the address as this machine sees them, then each pod's.
    private async Task<string> ConnectionsAsync(Uri address, CancellationToken stop)
    {
        string[] connected = ["-Htno", "state", "connected", "exclude", "time-wait"];
        var all = new StringBuilder((await CommandLine.Of("ss", [.. connected, $"( dport = :{address.Port} )"]).TryRunAsync(stop)).Output);

        foreach (var pod in (await platform.PodsAsync(stop)).Where(pod => pod.SandboxProcessId > 0))
        {
            var seen = await CommandLine.Of("nsenter", ["--net", "--target", $"{pod.SandboxProcessId}", "ss", .. connected]).TryRunAsync(stop);
            all.AppendLine(CultureInfo.InvariantCulture, $"{pod.Name} at {pod.Address}\n{seen.Output}");
        }

        return all.ToString();
    }

    public Task<Answer> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, null, stop);

    /// <summary>Places an order through the edge, or at one gateway.</summary>
    public Task<Answer> PlaceAsync(string customer, string key, Line[] lines, CancellationToken stop, Uri? to = null) =>
        SendAsync(HttpMethod.Post, "/orders", Line.OrderJson(customer, lines), stop, key, to);

    /// <summary>Places an order and repeats the request with the same key, as 503 and Retry-After tell, until it is answered for good.</summary>
    public async Task<Answer> PlaceUntilAnsweredAsync(string customer, string key, Line[] lines, CancellationToken stop)
    {
        Answer? answer = null;

        await Eventually.TrueAsync($"the order {customer}/{key} is answered", TimeSpan.FromSeconds(60), async () =>
        {
            answer = await PlaceAsync(customer, key, lines, stop);

            return answer.Status is not (502 or 503 or 504) && answer.Header("Retry-After") is null;
        }, stop);

        return answer!;
    }

    /// <summary>Adds pieces of a SKU, once per <paramref name="id"/>.</summary>
    public async Task StockAsync(string sku, int pieces, CancellationToken stop, string id = "test") =>
        await AdjustAtAsync(await ProcessorAsync(stop), sku, pieces, id, stop);

    /// <summary>The same at one processor.</summary>
    public async Task AdjustAtAsync(Uri processor, string sku, int pieces, string id, CancellationToken stop)
    {
        var answer = await SendAsync(HttpMethod.Post, $"/inventory/{sku}/adjustments", $$"""{"id":"{{id}}","delta":{{pieces}}}""", stop, to: processor);
        Assert.True(answer.Status is 200 or 201, $"Adjusting {sku} by {pieces}: {answer.Status} {answer.Text}");
    }

    /// <summary>Address of a processor; it has no route from outside.</summary>
    public Task<Uri> ProcessorAsync(CancellationToken stop) => platform.AddressOfAsync("orders", "processor", stop);

    /// <summary>Pieces of a SKU that can be sold, as the table has it; 0 where it has none.</summary>
    public async Task<int> AvailableAsync(string sku, CancellationToken stop) => await (await TablesAsync(stop)).AvailableAsync(sku, stop);

    private async Task<OrdersTables> TablesAsync(CancellationToken stop) => tables ??= await OrdersTables.OpenAsync(platform, stop);

    /// <summary>The item of one of the workload's tables, read consistently; null where there is none.</summary>
    public async Task<IReadOnlyDictionary<string, AttributeValue>?> ItemAsync(string table, string key, string value, CancellationToken stop) =>
        await (await TablesAsync(stop)).ItemAsync(table, key, value, stop);

    /// <summary>The idempotency record of a request.</summary>
    public Task<IReadOnlyDictionary<string, AttributeValue>?> RequestAsync(string customer, string key, CancellationToken stop) =>
        ItemAsync("requests", "id", $"{customer}#{key}", stop);

    /// <summary>Expires the idempotency record of a request.</summary>
    public async Task ExpireAsync(string customer, string key, CancellationToken stop) =>
        await (await TablesAsync(stop)).All.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = OrdersTables.NameOf("requests"),
                Key = new() { ["id"] = new AttributeValue($"{customer}#{key}") },
                UpdateExpression = "SET expires = :past",
                ConditionExpression = "attribute_exists(expires)",
                ExpressionAttributeValues = new() { [":past"] = new AttributeValue { N = "1" } },
            },
            stop);

    /// <summary>How many items each of the workload's tables holds: what a refused request must leave as it was.</summary>
    public async Task<string> ItemCountsAsync(CancellationToken stop)
    {
        string[] names = [.. new[] { "orders", "requests", "inventory", "reservations", "adjustments" }.Select(OrdersTables.NameOf)];
        var counts = await (await TablesAsync(stop)).All.InspectAsync(names, stop);
        Assert.Equal(names.Order(), counts.Keys.Order());

        return string.Join(' ', names.Select(name => $"{name}={counts[name]}"));
    }
}
