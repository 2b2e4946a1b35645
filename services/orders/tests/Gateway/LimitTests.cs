using System.Net;
using Orders.Tests.Running;

namespace Orders.Tests.Gateway;

/// <summary>Each limit of the contract at its smallest, its largest and one beyond, through both services.</summary>
public sealed class LimitTests(LimitTests.Services services) : IClassFixture<LimitTests.Services>
{
    [Theory]
    [InlineData(1, 201)]
    [InlineData(9, 201)]
    [InlineData(10, 201)]
    [InlineData(49, 201)]
    [InlineData(50, 201)]
    [InlineData(0, 422)]
    [InlineData(51, 422)]
    public Task Lines(int count, int status) =>
        AnswersAsync(status, "c1", Enumerable.Range(0, count).Select(line => $$"""{"sku":"S{{line}}","quantity":1}"""));

    [Theory]
    [InlineData(1, 201)]
    [InlineData(1000, 201)]
    [InlineData(0, 422)]
    [InlineData(1001, 422)]
    public Task Quantity(int quantity, int status) => AnswersAsync(status, "c1", [$$"""{"sku":"S","quantity":{{quantity}}}"""]);

    [Theory]
    [InlineData(1, 201)]
    [InlineData(64, 201)]
    [InlineData(0, 422)]
    [InlineData(65, 422)]
    public async Task Length_of_ids(int length, int status)
    {
        await AnswersAsync(status, new string('c', length), ["""{"sku":"S","quantity":1}"""]);
        await AnswersAsync(status, "c1", [$$"""{"sku":"{{new string('s', length)}}","quantity":1}"""]);
    }

    private async Task AnswersAsync(int status, string customer, IEnumerable<string> lines)
    {
        var body = $$"""{"customer":"{{customer}}","lines":[{{string.Join(',', lines)}}]}""";

        Assert.Equal((HttpStatusCode)status, (await services.Gateway.PostAsync("/orders", body, ("Idempotency-Key", "k"))).StatusCode);
    }

    /// <summary>Both services, past their first requests, which are slow.</summary>
    public sealed class Services : IAsyncLifetime
    {
        private Store store = null!;
        private ServiceProcess processor = null!;

        internal ServiceProcess Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            store = await Store.StartAsync();
            processor = await ServiceProcess.ProcessorAsync(store.Url);
            Gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Http.BaseAddress!.ToString());
            const string Body = """{"customer":"c1","lines":[{"sku":"S","quantity":1}]}""";
            await Eventually.GetAsync(
                async () =>
                    await Gateway.PostAsync("/orders", Body, ("Idempotency-Key", "first")) is { StatusCode: HttpStatusCode.Created } placed ? placed : null,
                "a first order");
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await processor.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
