using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Orders.Tests.Running;

namespace Orders.Tests;

/// <summary>What every service does: settings, telemetry, draining, description.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Spans_are_exported_and_carry_the_trace_id_of_the_log()
    {
        await using var store = await Store.StartAsync();
        await using var receiver = await Listener.StartAsync((_, _) => Task.CompletedTask);
        await using var gateway = await ServiceProcess.GatewayAsync(
            store.Url, settings: [("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{receiver.Url}/v1/traces"), ("OTEL_BSP_SCHEDULE_DELAY", "100")]);

        await gateway.Http.GetAsync("/orders/unknown", TestContext.Current.CancellationToken);

        var line = await Eventually.GetAsync(
            () => gateway.Log.FirstOrDefault(line => line["State"]?["Path"]?.GetValue<string>() == "/orders/unknown"), "the request in the log");
        var trace = line["Scopes"]!.AsArray().Select(scope => scope!["TraceId"]?.GetValue<string>()).First(id => id is not null)!;
        var export = await Eventually.GetAsync(
            () => receiver.Received.FirstOrDefault(sent =>
                sent.Body.AsSpan().IndexOf(Convert.FromHexString(trace)) >= 0 && sent.Body.AsSpan().IndexOf("GET /orders/{id}"u8) >= 0),
            "its span");

        Assert.Equal("POST /v1/traces", export.Path);
        Assert.Equal("application/x-protobuf", export.Headers.ContentType);
        Assert.True(export.Body.AsSpan().IndexOf("http.response.status_code"u8) >= 0, "The span has no attributes.");
    }

    [Fact]
    public async Task Metrics_are_exported_without_those_of_probes_and_flushed_at_the_end()
    {
        await using var store = await Store.StartAsync();
        await using var receiver = await Listener.StartAsync((_, _) => Task.CompletedTask);
        await using var gateway = await ServiceProcess.GatewayAsync(
            store.Url, settings: [("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", $"{receiver.Url}/v1/metrics")]);

        await gateway.Management.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
        await gateway.Http.GetAsync("/orders/unknown", TestContext.Current.CancellationToken);
        gateway.Terminate();
        await gateway.ExitAsync();

        var export = Assert.Single(receiver.Received).Body;
        Assert.True(export.AsSpan().IndexOf("http.server.request.duration"u8) >= 0);
        Assert.True(export.AsSpan().IndexOf("/orders/{id}"u8) >= 0);
        Assert.True(export.AsSpan().IndexOf("/healthz"u8) < 0);
    }

    [Theory]
    [InlineData("Orders.Gateway", "/orders")]
    [InlineData("Orders.Processor", "/reservations")]
    [InlineData("Orders.Processor", "/inventory")]
    public async Task Routes_are_reported_without_a_slash_at_the_end(string service, string route)
    {
        await using var receiver = await Listener.StartAsync((_, _) => Task.CompletedTask);
        await using var store = await Store.StartAsync();
        var metrics = ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", $"{receiver.Url}/v1/metrics");
        await using var running = service == "Orders.Gateway"
            ? await ServiceProcess.GatewayAsync(store.Url, settings: metrics)
            : await ServiceProcess.ProcessorAsync(store.Url, metrics);

        await running.PostAsync(route, "");
        await running.Http.GetAsync(route, TestContext.Current.CancellationToken);
        running.Terminate();
        await running.ExitAsync();

        var export = Assert.Single(receiver.Received).Body;
        Assert.True(export.AsSpan().IndexOf(Encoding.UTF8.GetBytes(route)) >= 0, "The route is missing.");
        Assert.True(export.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{route}/")) < 0, "The route ends with a slash.");
    }

    [Fact]
    public async Task Every_process_is_an_instance_of_its_own()
    {
        Assert.NotEqual(await InstanceAsync(), await InstanceAsync());

        static async Task<string> InstanceAsync()
        {
            await using var store = await Store.StartAsync();
            await using var receiver = await Listener.StartAsync((_, _) => Task.CompletedTask);
            await using var gateway = await ServiceProcess.GatewayAsync(
                store.Url, settings: [("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", $"{receiver.Url}/v1/metrics")]);

            await gateway.Http.GetAsync("/orders/unknown", TestContext.Current.CancellationToken);
            gateway.Terminate();
            await gateway.ExitAsync();

            // A protobuf string follows its name: the field's number and the lengths are single bytes.
            var export = Encoding.Latin1.GetString(Assert.Single(receiver.Received).Body);
            return Regex.Match(export, "service\\.instance\\.id.{4}([0-9a-f-]{36})", RegexOptions.Singleline).Groups[1].Value is { Length: > 0 } id
                ? id
                : throw new InvalidOperationException("The export has no instance.");
        }
    }

    [Fact]
    public async Task The_trace_goes_on_in_the_processor_even_when_nothing_is_exported()
    {
        const string parent = "0af7651916cd43dd8448eb211c80319c";
        await using var store = await Store.StartAsync();
        await using var processor = await Listener.StartAsync((_, response) =>
        {
            response.StatusCode = 201;
            return Task.CompletedTask;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url, processor.Url);

        await gateway.PostAsync(
            "/orders", """{"customer":"c1","lines":[{"sku":"WIDGET","quantity":1}]}""",
            ("Idempotency-Key", "k"), ("traceparent", $"00-{parent}-b7ad6b7169203331-01"));

        Assert.StartsWith($"00-{parent}-", processor.Received.Single().Headers.TraceParent.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_signal_to_stop_it_is_not_ready_still_serves_and_sends_clients_away()
    {
        await using var store = await Store.StartAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(
            store.Url, settings: [("SHUTDOWN_DRAIN_SECONDS", "3"), ("SHUTDOWN_TIMEOUT_SECONDS", "10")]);
        Assert.Null((await gateway.Http.GetAsync("/orders/unknown", TestContext.Current.CancellationToken)).Headers.ConnectionClose);

        gateway.Terminate();
        await Eventually.GetAsync(
            async () =>
            {
                var ready = await gateway.Management.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
                return ready.StatusCode == HttpStatusCode.ServiceUnavailable ? ready : null;
            },
            "readiness to fail");
        var served = await gateway.Http.GetAsync("/orders/unknown", TestContext.Current.CancellationToken);
        var live = await gateway.Management.GetAsync("/healthz/live", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, served.StatusCode);
        Assert.True(served.Headers.ConnectionClose);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(0, await gateway.ExitAsync());
    }

    [Fact]
    public async Task A_store_that_fails_later_costs_readiness_and_neither_startup_nor_liveness()
    {
        var failing = false;
        await using var store = await Store.StartAsync(_ => failing
            ? new() { ["__type"] = "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", ["message"] = "Table not found" }
            : null);
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url);
        Task<HttpResponseMessage> AskAsync(string probe) => gateway.Management.GetAsync($"/healthz/{probe}", TestContext.Current.CancellationToken);
        await Eventually.GetAsync(
            async () => await AskAsync("startup") is { StatusCode: HttpStatusCode.OK } started ? started : null, "the first answer of the store");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("ready")).StatusCode);

        failing = true;
        await Eventually.GetAsync(
            async () => await AskAsync("ready") is { StatusCode: HttpStatusCode.ServiceUnavailable } lost ? lost : null, "readiness to fail");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("startup")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("live")).StatusCode);

        failing = false;
        await Eventually.GetAsync(async () => await AskAsync("ready") is { StatusCode: HttpStatusCode.OK } back ? back : null, "readiness to return");
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_service_ends()
    {
        var inFlight = new TaskCompletionSource();
        var mayAnswer = new TaskCompletionSource();
        await using var store = await Store.StartAsync(async call =>
        {
            if (call.Body["Key"]?["id"]?["S"]?.GetValue<string>() == "slow")
            {
                inFlight.SetResult();
                await mayAnswer.Task;
            }

            return null;
        });
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url);

        var slow = gateway.Http.GetAsync("/orders/slow", TestContext.Current.CancellationToken);
        await inFlight.Task.WaitAsync(TestContext.Current.CancellationToken);
        gateway.Terminate();
        await Eventually.GetAsync(
            () => gateway.Output.FirstOrDefault(line => line.Contains("Stopping: no longer ready", StringComparison.Ordinal)), "the signal to arrive");
        mayAnswer.SetResult();

        Assert.Equal(HttpStatusCode.NotFound, (await slow).StatusCode);
        Assert.Equal(0, await gateway.ExitAsync());
    }

    [Theory]
    [InlineData("PORT", "many")]
    [InlineData("PORT", "70000")]
    [InlineData("MANAGEMENT_PORT", "70000")]
    [InlineData("MANAGEMENT_PORT", "many")]
    [InlineData("SHUTDOWN_DRAIN_SECONDS", "-1")]
    [InlineData("SHUTDOWN_DRAIN_SECONDS", "60")]
    [InlineData("TABLES_ORDERS", "")]
    [InlineData("CALLS_PROCESSOR_URL", "processor")]
    [InlineData("ORDERS_LEASE_SECONDS", "0")]
    [InlineData("AWS_REGION", "")]
    public async Task A_wrong_setting_ends_the_service_and_is_named(string name, string value)
    {
        await using var gateway = ServiceProcess.Launch(
            "Orders.Gateway",
            ("TABLES_ORDERS", "orders"), ("TABLES_REQUESTS", "requests"), ("CALLS_PROCESSOR_URL", "http://127.0.0.1:9"), (name, value));

        Assert.Equal(1, await gateway.ExitAsync());
        Assert.Contains(gateway.Output, line =>
            line.StartsWith("The settings are wrong:", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_wrong_settings_are_named_at_once()
    {
        await using var gateway = ServiceProcess.Launch("Orders.Gateway", ("AWS_REGION", ""), ("PORT", "70000"));

        Assert.Equal(1, await gateway.ExitAsync());
        var line = Assert.Single(gateway.Output);
        Assert.StartsWith("The settings are wrong:", line, StringComparison.Ordinal);
        Assert.All(["AWS_REGION", "PORT", "TABLES_ORDERS", "CALLS_PROCESSOR_URL"], name => Assert.Contains(name, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Internal_addresses_exist_on_the_management_port_only_and_public_ones_do_not_exist_there(string method)
    {
        await using var store = await Store.StartAsync();
        await using var gateway = await ServiceProcess.GatewayAsync(store.Url);
        var management = gateway.Management.BaseAddress!;

        foreach (var path in new[] { "/healthz/live", "/healthz/ready", "/healthz/startup", "/openapi/v1.json" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(gateway.Http, path));
            // The Host header is the client's to choose, and decides nothing.
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(gateway.Http, path, management.Authority));
            Assert.NotEqual(HttpStatusCode.NotFound, await AskAsync(gateway.Management, path));
        }

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(gateway.Management, "/orders", gateway.Http.BaseAddress!.Authority));

        async Task<HttpStatusCode> AskAsync(HttpClient http, string path, string? host = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Host = host;
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Without_a_management_port_the_public_one_serves_health()
    {
        await using var gateway = ServiceProcess.Launch(
            "Orders.Gateway",
            ("TABLES_ORDERS", "orders"), ("TABLES_REQUESTS", "requests"), ("CALLS_PROCESSOR_URL", "http://127.0.0.1:9"), ("MANAGEMENT_PORT", ""));
        var address = await Eventually.GetAsync(() => gateway.Addresses().FirstOrDefault(), "it to listen");

        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync(new Uri(address, "/healthz/live"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_description_names_what_can_be_answered()
    {
        await using var gateway = await ServiceProcess.GatewayAsync("http://127.0.0.1:9");
        var document = await (await gateway.Management.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).JsonAsync();

        Assert.Equal(
            ["201", "400", "409", "413", "415", "422", "500", "503"],
            document["paths"]!["/orders"]!["post"]!["responses"]!.AsObject().Select(answer => answer.Key).Order());
    }
}
