using System.Globalization;
using Causeway.LoadScenarios.Orders;

namespace Causeway.Integration.Orders;

/// <summary>Whatever a caller sends: the answer names the field, nothing is written, and nothing is a 500.</summary>
public sealed class BadInput(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Body, expected status, and what the answer must name.</summary>
    public static TheoryData<string, string, int, string> Bodies => new()
    {
        { "an empty body", "", 400, "body" },
        { "no JSON", "hello", 400, "JSON" },
        { "half an object", """{"customer":"c1","lines":[""", 400, "JSON" },
        { "a list", "[]", 400, "" },
        { "null", "null", 400, "body" },
        { "no customer", """{"lines":[{"sku":"WIDGET","quantity":1}]}""", 400, "customer" },
        { "no lines", """{"customer":"c1"}""", 400, "lines" },
        { "null lines", """{"customer":"c1","lines":null}""", 400, "lines" },
        { "empty lines", """{"customer":"c1","lines":[]}""", 422, "lines" },
        { "an unknown field", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1}],"coupon":"x"}""", 400, "coupon" },
        { "an unknown field in a line", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1,"price":0}]}""", 400, "price" },
        { "a field twice", """{"customer":"c1","customer":"c2","lines":[{"sku":"WIDGET","quantity":1}]}""", 400, "customer" },
        { "a number as customer", """{"customer":1,"lines":[{"sku":"WIDGET","quantity":1}]}""", 400, "customer" },
        { "text as quantity", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":"1"}]}""", 400, "lines[0].quantity" },
        { "half a piece", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1.5}]}""", 400, "lines[0].quantity" },
        { "an enormous quantity", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":99999999999999999999}]}""", 400, "lines[0].quantity" },
        { "no quantity", """{"customer":"c1","lines":[{"sku":"WIDGET"}]}""", 400, "quantity" },
        { "zero pieces", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":0}]}""", 422, "lines[0].quantity" },
        { "negative pieces", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":-1}]}""", 422, "lines[0].quantity" },
        { "too many pieces", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1000001}]}""", 422, "lines[0].quantity" },
        { "a SKU twice", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1},{"sku":"WIDGET","quantity":2}]}""", 422, "lines[1].sku" },
        { "a customer beyond ASCII", """{"customer":"Zoë","lines":[{"sku":"WIDGET","quantity":1}]}""", 422, "customer" },
        { "a SKU beyond ASCII", """{"customer":"c1","lines":[{"sku":"WÏDGET","quantity":1}]}""", 422, "lines[0].sku" },
        { "an empty SKU", """{"customer":"c1","lines":[{"sku":"","quantity":1}]}""", 422, "lines[0].sku" },
        { "a separator in the customer", """{"customer":"c1#a","lines":[{"sku":"WIDGET","quantity":1}]}""", 422, "customer" },
        { "too many lines", TooManyLines(), 422, "lines" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_by_name_and_writes_nothing(string what, string body, int status, string names)
    {
        var before = await shop.ItemCountsAsync(Stop);

        var answer = await shop.SendAsync(HttpMethod.Post, "/orders", body, Stop, $"bad-{what.Replace(' ', '-')}");

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains(names, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await shop.ItemCountsAsync(Stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("a,b")]
    [InlineData("\"a")]
    public async Task A_missing_or_malformed_idempotency_key_is_refused(string? key)
    {
        var before = await shop.ItemCountsAsync(Stop);

        var answer = await shop.SendAsync(HttpMethod.Post, "/orders", Line.OrderJson("c1", new Line("WIDGET", 1)), Stop, key);

        Assert.Equal(400, answer.Status);
        Assert.Contains("Idempotency-Key", answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await shop.ItemCountsAsync(Stop));
    }

    [Fact]
    public async Task A_key_beyond_ASCII_is_refused()
    {
        // HttpClient would not send it; others do.
        using var socket = new System.Net.Sockets.TcpClient(shop.Edge.Host, shop.Edge.Port);
        var body = Line.OrderJson("c1", new Line("WIDGET", 1));
        var request = "POST /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIdempotency-Key: schlüssel\r\nContent-Type: " +
            $"application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        await socket.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(request), Stop);
        using var reader = new StreamReader(socket.GetStream());

        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        var before = await shop.ItemCountsAsync(Stop);

        var answer = await shop.SendAsync(HttpMethod.Post, "/orders", $$"""{"customer":"{{new string('a', 2_000_000)}}","lines":[]}""", Stop, "huge");

        Assert.Equal((413, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.True(answer.Message.Headers.ConnectionClose, "What is left of the body is in the way of a next request on the same connection.");
        Assert.Equal(before, await shop.ItemCountsAsync(Stop));
    }

    [Fact]
    public async Task Another_media_type_is_refused() =>
        Assert.Equal(
            415,
            (await shop.SendAsync(HttpMethod.Post, "/orders", Line.OrderJson("c1", new Line("WIDGET", 1)), Stop, "media", mediaType: "text/plain")).Status);

    [Theory]
    [InlineData("/orders", "customer")]
    [InlineData("/orders?customer=", "customer")]
    [InlineData("/orders?customer=Zo%C3%AB", "customer")]
    [InlineData("/orders?customer=c1&limit=0", "limit")]
    [InlineData("/orders?customer=c1&limit=1000", "limit")]
    [InlineData("/orders?customer=c1&limit=many", "limit")]
    [InlineData("/orders?customer=c1&page=nonsense", "page")]
    public async Task A_bad_query_is_refused_by_name(string path, string names)
    {
        var answer = await shop.GetAsync(path, Stop);

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains(names, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_one_customer_does_not_open_anothers()
    {
        await shop.StockAsync("BAD-1", 10, Stop);

        for (var i = 0; i < 2; i++)
        {
            await shop.PlaceAsync("page-owner", $"bad-page-{i}", [new("BAD-1", 1)], Stop);
        }

        var page = (string)(await shop.GetAsync("/orders?customer=page-owner&limit=1", Stop)).Body!["next"]!;

        Assert.Equal(400, (await shop.GetAsync($"/orders?customer=page-thief&limit=1&page={Uri.EscapeDataString(page)}", Stop)).Status);
    }

    [Fact]
    public async Task Another_method_is_not_allowed() =>
        Assert.Equal(405, (await shop.SendAsync(HttpMethod.Put, "/orders", "{}", Stop)).Status);

    [Theory]
    [InlineData("""{"id":"x","delta":0}""", 422, "delta")]
    [InlineData("""{"id":"x","delta":10000000000}""", 422, "delta")]
    [InlineData("""{"id":"ü","delta":1}""", 422, "id")]
    [InlineData("""{"delta":1}""", 400, "id")]
    [InlineData("""{"id":"x","delta":"1"}""", 400, "delta")]
    public async Task A_bad_adjustment_is_refused_by_name_and_writes_nothing(string body, int status, string names)
    {
        var before = await shop.ItemCountsAsync(Stop);

        var answer = await shop.SendAsync(HttpMethod.Post, "/inventory/BAD-2/adjustments", body, Stop, to: await shop.ProcessorAsync(Stop));

        Assert.Equal(status, answer.Status);
        Assert.Contains(names, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await shop.ItemCountsAsync(Stop));
    }

    private static string TooManyLines() =>
        Line.OrderJson("c1", [.. Enumerable.Range(0, 101).Select(i => new Line(i.ToString(CultureInfo.InvariantCulture), 1))]);
}
