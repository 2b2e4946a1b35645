using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Causeway.ServiceDefaults;

/// <summary>
/// Sends .NET's own metrics and spans, and the service's, by OTLP. Everything is set by the standard OTEL_* variables; a signal
/// without an endpoint is not exported. Spans exist all the same: logs carry their ids and calls pass them on.
/// </summary>
internal sealed class Telemetry(IConfiguration configuration, IHostEnvironment environment) : IHostedService, IDisposable
{
    private const int FlushMilliseconds = 3000;
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault()
            // A process and not a host: counters begin anew with the process, and so must their series.
            .AddAttributes([new("service.instance.id", Guid.NewGuid().ToString())])
            .AddEnvironmentVariableDetector();

        var tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", environment.ApplicationName);
        traces = (EndpointOf("TRACES") is { } to ? tracing.AddOtlpExporter(options => Send(options, to)) : tracing).Build();

        if (EndpointOf("METRICS") is { } endpoint)
        {
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(
                    "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
                    environment.ApplicationName)
                .AddOtlpExporter(options => Send(options, endpoint))
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, off the caller's thread because the providers block.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => metrics?.Shutdown(FlushMilliseconds), cancellationToken),
        Task.Run(() => traces?.Shutdown(FlushMilliseconds), cancellationToken));

    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
    }

    private Uri? EndpointOf(string signal) =>
        configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 } own ? new Uri(own)
        : configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } shared ? new Uri($"{shared.TrimEnd('/')}/v1/{signal.ToLowerInvariant()}")
        : null;

    private static void Send(OtlpExporterOptions options, Uri endpoint)
    {
        options.Endpoint = endpoint;
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}
