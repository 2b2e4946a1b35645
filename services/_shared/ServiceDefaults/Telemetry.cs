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
internal static class Telemetry
{
    private const int FlushMilliseconds = 3000;

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var name = builder.Environment.ApplicationName;
        var telemetry = builder.Services.AddOpenTelemetry()
            // The instance is a process and not a host: counters begin at zero with the process, and so must their series.
            .ConfigureResource(resource => resource.AddAttributes([new("service.instance.id", Guid.NewGuid().ToString())]).AddEnvironmentVariableDetector())
            .WithTracing(traces =>
            {
                traces
                    .AddAspNetCoreInstrumentation(server => server.Filter = http => !IsInternal(http))
                    .AddHttpClientInstrumentation()
                    .AddSource(name);

                if (EndpointOf(builder.Configuration, "TRACES") is { } endpoint)
                {
                    traces.AddOtlpExporter(options => Send(options, endpoint));
                }
            });

        if (EndpointOf(builder.Configuration, "METRICS") is { } endpoint)
        {
            telemetry.WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(name)
                .AddView("aspnetcore.routing.match_attempts", MetricStreamConfiguration.Drop) // counts probes too, and nothing that the duration does not count
                .AddOtlpExporter(options => Send(options, endpoint)));
        }

        builder.Services.AddSingleton<IHostedService, Flush>();
    }

    /// <summary>Probes would be most of what is recorded.</summary>
    private static bool IsInternal(HttpContext http) =>
        http.Features.Get<ManagementConnection>() is not null || http.Request.Path.StartsWithSegments("/healthz");

    private static Uri? EndpointOf(IConfiguration configuration, string signal) =>
        configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 } own ? new Uri(own)
        : configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } shared ? new Uri($"{shared.TrimEnd('/')}/v1/{signal.ToLowerInvariant()}")
        : null;

    private static void Send(OtlpExporterOptions options, Uri endpoint)
    {
        options.Endpoint = endpoint;
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }

    /// <summary>Sends what is left when the service stops, within limits: disposing the providers alone would wait for a collector that is not there.</summary>
    private sealed class Flush(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Off the caller's thread, because the providers block.</summary>
        public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
            Task.Run(() => services.GetService<MeterProvider>()?.Shutdown(FlushMilliseconds), cancellationToken),
            Task.Run(() => services.GetService<TracerProvider>()?.Shutdown(FlushMilliseconds), cancellationToken));
    }
}
