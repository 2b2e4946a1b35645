using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>
/// The first thing that happens after SIGTERM: readiness fails and requests are still served for a while, because proxies and
/// clients need time to notice. Then the host stops the server, which finishes what is in flight.
/// </summary>
internal sealed partial class Drain(IOptions<ServiceOptions> options, IOptions<HostOptions> host, TimeProvider clock, ILogger<Drain> logger)
    : IHostedLifecycleService
{
    private volatile bool isDraining;

    /// <summary>Read by every request.</summary>
    public bool IsDraining => isDraining;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(options.Value.ShutdownDrainSeconds);
        isDraining = true;
        Draining(duration.TotalSeconds);

        await Task.Delay(duration, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Here and not where options are configured: the host asks for those before it checks any setting.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        host.Value.ShutdownTimeout = TimeSpan.FromSeconds(options.Value.ShutdownTimeoutSeconds);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Stopping: no longer ready, still serving for {Seconds} s.")]
    private partial void Draining(double seconds);
}

internal static class Draining
{
    /// <summary>While draining, every answer asks its client to open the next connection, to another replica.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();

        app.Use((http, next) =>
        {
            http.Response.OnStarting(
                static state =>
                {
                    var (drain, response) = ((Drain, HttpResponse))state;

                    if (drain.IsDraining)
                    {
                        response.Headers.Connection = "close";
                    }

                    return Task.CompletedTask;
                },
                (drain, http.Response));

            return next(http);
        });
    }
}
