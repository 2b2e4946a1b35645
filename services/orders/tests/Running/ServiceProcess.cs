using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orders.Tests.Running;

/// <summary>A service as it runs everywhere: a process of its own, told by variables, heard by its log.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private ServiceProcess(Process process) => this.process = process;

    /// <summary>The public port.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>The management port.</summary>
    public HttpClient Management { get; } = new();

    /// <summary>Every line written so far, to standard output or error.</summary>
    public IReadOnlyList<string> Output => [.. output];

    public IEnumerable<JsonNode> Log => Output.Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!);

    public static Task<ServiceProcess> GatewayAsync(string store, string processor = "http://127.0.0.1:9", params (string Name, string Value)[] settings) =>
        StartAsync(
            "Orders.Gateway",
            [
                ("AWS_ENDPOINT_URL_DYNAMODB", store), ("TABLES_ORDERS", "orders"), ("TABLES_REQUESTS", "requests"),
                ("CALLS_PROCESSOR_URL", processor), .. settings,
            ]);

    public static Task<ServiceProcess> ProcessorAsync(string store, params (string Name, string Value)[] settings) =>
        StartAsync(
            "Orders.Processor",
            [
                ("AWS_ENDPOINT_URL_DYNAMODB", store), ("TABLES_INVENTORY", "inventory"), ("TABLES_RESERVATIONS", "reservations"),
                ("TABLES_ADJUSTMENTS", "adjustments"), .. settings,
            ]);

    /// <summary>Starts it without waiting for it to listen.</summary>
    public static ServiceProcess Launch(string program, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        (string, string)[] common =
        [
            ("PORT", "0"), ("MANAGEMENT_PORT", "0"), ("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local"),
            ("SHUTDOWN_DRAIN_SECONDS", "0"), ("OTEL_SERVICE_NAME", program),
        ];

        foreach (var (name, value) in common.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(new Process { StartInfo = start });
        service.process.OutputDataReceived += (_, line) => service.Keep(line.Data);
        service.process.ErrorDataReceived += (_, line) => service.Keep(line.Data);
        service.process.Start();
        service.process.BeginOutputReadLine();
        service.process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Waits until the service has ended by itself or after <see cref="Terminate"/>.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        kill.WaitForExit();
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Management.Dispose();

        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static async Task<ServiceProcess> StartAsync(string program, (string Name, string Value)[] settings)
    {
        var service = Launch(program, settings);

        try
        {
            var addresses = await Eventually.GetAsync(
                () => service.process.HasExited
                    ? throw new InvalidOperationException($"{program} ended: {string.Join('\n', service.Output)}")
                    : service.Addresses() is [_, _] both ? both : null,
                $"{program} to listen");
            service.Http.BaseAddress = addresses[0];
            service.Management.BaseAddress = addresses[1];
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where it listens, as its log says: first the public port, then the management port.</summary>
    public Uri[] Addresses() =>
    [
        .. Log.Select(line => line["State"]?["address"]?.GetValue<string>()).OfType<string>()
            .Select(address => new UriBuilder(address) { Host = "127.0.0.1" }.Uri),
    ];

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }
}

internal static class Answers
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        ?? throw new JsonException("The answer is null.");
}
