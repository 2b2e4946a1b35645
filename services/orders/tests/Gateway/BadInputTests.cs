using System.Net;
using System.Net.Sockets;
using System.Text;
using Orders.Tests.Running;

namespace Orders.Tests.Gateway;

/// <summary>Bad input is named, never answered with 500, and never written.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Good = """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1}]}""";
    private Store store = null!;
    private ServiceProcess gateway = null!;

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "body" },
        { "{", "body" },
        { "null", "body" },
        { "[]", "body" },
        { """{"customer":"c1",}""", "body" },
        { Good + Good, "body" },
        { "{/**/}", "body" },
        { """{"lines":[]}""", "customer" },
        { """{"customer":"c1"}""", "lines" },
        { """{"customer":"c1","lines":[],"coupon":1}""", "coupon" },
        { """{"Customer":"c1","lines":[]}""", "Customer" },
        { """{"customer":"c1","customer":"c1","lines":[]}""", "customer" },
        { """{"customer":5,"lines":[]}""", "customer" },
        { """{"customer":null,"lines":[]}""", "customer" },
        { """{"customer":"\ud800","lines":[]}""", "customer" },
        { """{"customer":"c1","lines":null}""", "lines" },
        { """{"customer":"c1","lines":{}}""", "lines" },
        { """{"customer":"c1","lines":[null]}""", "lines[0]" },
        { """{"customer":"c1","lines":[{"sku":"A"}]}""", "lines[0].quantity" },
        { """{"customer":"c1","lines":[{"quantity":1}]}""", "lines[0].sku" },
        { """{"customer":"c1","lines":[{"sku":"A","quantity":1},{"sku":"B","quantity":"1"}]}""", "lines[1].quantity" },
        { """{"customer":"c1","lines":[{"sku":"A","quantity":1.5}]}""", "lines[0].quantity" },
        { """{"customer":"c1","lines":[{"sku":"A","quantity":1e30}]}""", "lines[0].quantity" },
        { """{"customer":"c1","lines":[{"sku":"A","quantity":true}]}""", "lines[0].quantity" },
    };

    public static TheoryData<string, string> Unacceptable => new()
    {
        { Line("A", "0"), "lines[0].quantity" },
        { Line("A", "-1"), "lines[0].quantity" },
        { Line("A", "1001"), "lines[0].quantity" },
        { Line("A", "9999999999999"), "lines[0].quantity" },
        { Line("", "1"), "lines[0].sku" },
        { Line("Ü", "1"), "lines[0].sku" },
        { Line("-A", "1"), "lines[0].sku" },
        { Line(new string('a', 65), "1"), "lines[0].sku" },
        { """{"customer":"c1","lines":[]}""", "lines" },
        { """{"customer":"c1","lines":[{"sku":"A","quantity":1},{"sku":"A","quantity":1}]}""", "lines[1].sku" },
        { $$"""{"customer":"c1","lines":[{{string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"sku":"A{{i}}","quantity":1}"""))}}]}""", "lines" },
        { Good.Replace("c1", "Zoë", StringComparison.Ordinal), "customer" },
        { Good.Replace("c1", "a#b", StringComparison.Ordinal), "customer" },
        { Good.Replace("c1", "", StringComparison.Ordinal), "customer" },
    };

    public async ValueTask InitializeAsync()
    {
        store = await Store.StartAsync();
        gateway = await ServiceProcess.GatewayAsync(store.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Malformed_bodies_get_400_and_name_the_field()
    {
        foreach (var (body, field) in Malformed.Select(row => row.Data))
        {
            await RefusesAsync(await gateway.PostAsync("/orders", body, ("Idempotency-Key", "k")), HttpStatusCode.BadRequest, field);
        }
    }

    [Fact]
    public async Task Unacceptable_values_get_422_and_name_the_field()
    {
        foreach (var (body, field) in Unacceptable.Select(row => row.Data))
        {
            await RefusesAsync(await gateway.PostAsync("/orders", body, ("Idempotency-Key", "k")), HttpStatusCode.UnprocessableEntity, field);
        }
    }

    [Fact]
    public async Task A_missing_or_malformed_key_gets_400()
    {
        await RefusesAsync(await gateway.PostAsync("/orders", Good), HttpStatusCode.BadRequest, "Idempotency-Key");

        foreach (var key in new[] { "a b", "a,b", new string('a', 256), "\"", "\"\"", "\"a", "a\"", "\"a\"b\"", "a\\b" })
        {
            await RefusesAsync(await gateway.PostAsync("/orders", Good, ("Idempotency-Key", key)), HttpStatusCode.BadRequest, "Idempotency-Key");
        }
    }

    [Fact]
    public async Task Header_bytes_that_are_not_text_get_400()
    {
        using var client = new TcpClient("127.0.0.1", gateway.Http.BaseAddress!.Port);
        byte[] request =
        [
            .. "POST /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\nIdempotency-Key: a"u8,
            0xff, 0xc3, .. "\r\n\r\n{}"u8,
        ];
        await client.GetStream().WriteAsync(request, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orders", "customer")]
    [InlineData("/orders?customer=a%23b", "customer")]
    [InlineData("/orders?customer=c1&limit=0", "limit")]
    [InlineData("/orders?customer=c1&limit=101", "limit")]
    [InlineData("/orders?customer=c1&limit=many", "limit")]
    [InlineData("/orders?customer=c1&page=zzz", "page")]
    [InlineData("/orders/a%20b", "id")]
    [InlineData("/orders/%C3%A9", "id")]
    [InlineData("/orders/%FF", "id")]
    public async Task Malformed_addresses_get_400(string path, string field) =>
        await RefusesAsync(await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken), HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task Bodies_that_are_not_plain_json_get_415()
    {
        foreach (var type in new[] { "text/plain", "application/json; charset=utf-16", "application/json; charset=\"utf-16\"" })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = content };
            request.Headers.Add("Idempotency-Key", "k");

            var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            await RefusesAsync(answer, HttpStatusCode.UnsupportedMediaType);
            Assert.Equal("identity", answer.Headers.GetValues("Accept-Encoding").Single());
            Assert.Equal("application/json", answer.Headers.GetValues("Accept").Single());
        }
    }

    [Theory]
    [InlineData("application/json; charset=\"UTF-8\"", "identity", HttpStatusCode.BadRequest)]
    [InlineData("Application/JSON", "Identity, identity", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "gzip", HttpStatusCode.UnsupportedMediaType)]
    public async Task Codings_and_charsets_are_read_as_HTTP_writes_them(string type, string coding, HttpStatusCode status)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = content };
        request.Headers.Add("Idempotency-Key", "k");

        await RefusesAsync(await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken), status);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/orders?customer=c1");
        var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_huge_body_gets_413() =>
        await RefusesAsync(await gateway.PostAsync("/orders", new string(' ', 40_000), ("Idempotency-Key", "k")), HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Unknown_places_and_methods_are_problems_too()
    {
        await RefusesAsync(await gateway.Http.GetAsync("/nowhere", TestContext.Current.CancellationToken), HttpStatusCode.NotFound);
        await RefusesAsync(await gateway.Http.DeleteAsync("/orders", TestContext.Current.CancellationToken), HttpStatusCode.MethodNotAllowed);
    }

    private async Task RefusesAsync(HttpResponseMessage answer, HttpStatusCode status, string? field = null)
    {
        var problem = await answer.JsonAsync();

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["traceId"]!.GetValue<string>());
        Assert.DoesNotContain("System.", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(store.Writes);

        if (field is not null)
        {
            Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
        }
    }

    private static string Line(string sku, string quantity) => $$"""{"customer":"c1","lines":[{"sku":"{{sku}}","quantity":{{quantity}}}]}""";
}
