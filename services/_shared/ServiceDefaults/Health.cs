using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>
/// `/healthz/live` says that the process answers, and asks nothing else. `/healthz/startup` fails until every dependency has answered once.
/// `/healthz/ready` fails while the process drains or a dependency does not answer.
/// </summary>
public static class Health
{
    private const string Ready = "ready";
    private const string Startup = "startup";

    /// <summary>Makes readiness and startup depend on <paramref name="ask"/>, which throws when the dependency does not answer.</summary>
    public static void AddDependency(this WebApplicationBuilder builder, string name, Func<IServiceProvider, CancellationToken, Task> ask)
    {
        // Singletons, since a check is asked for within the scope of one probe and must outlive it.
        builder.Services.AddKeyedSingleton(name, (services, _) => new DependencyCheck(stop => ask(services, stop), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddKeyedSingleton(name, (services, _) => new OnceCheck(services.GetRequiredKeyedService<DependencyCheck>(name)));
        builder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(name, services => services.GetRequiredKeyedService<DependencyCheck>(name), HealthStatus.Unhealthy, [Ready]))
            .Add(new HealthCheckRegistration($"{name}-once", services => services.GetRequiredKeyedService<OnceCheck>(name), HealthStatus.Unhealthy, [Startup]));
    }

    internal static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DrainCheck>("serving", tags: [Ready]);

    internal static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/healthz");
        health.MapChecks("/live", _ => false);
        health.MapChecks("/ready", check => check.Tags.Contains(Ready));
        health.MapChecks("/startup", check => check.Tags.Contains(Startup));
    }

    private static void MapChecks(this RouteGroupBuilder health, string path, Func<HealthCheckRegistration, bool> which) =>
        health.MapHealthChecks(path, new HealthCheckOptions { Predicate = which, ResponseWriter = WriteAsync })
            .DisableHttpMetrics()
            .WithHttpLogging(HttpLoggingFields.None);

    private static Task WriteAsync(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(
            new HealthAnswer(
                report.Status == HealthStatus.Healthy ? "pass" : "fail",
                report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status == HealthStatus.Healthy ? "pass" : "fail")),
            DefaultsJson.Default.HealthAnswer,
            "application/json",
            http.RequestAborted);
}

/// <param name="Status">`pass` or `fail`.</param>
/// <param name="Checks">The same, per check.</param>
internal sealed record HealthAnswer(string Status, Dictionary<string, string> Checks);

internal sealed class DrainCheck(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.IsDraining ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
}

/// <summary>Asks a dependency with a short timeout, and at most once a second however many probes there are.</summary>
internal sealed class DependencyCheck(Func<CancellationToken, Task> ask, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Task<HealthCheckResult>? last;
    private long askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (last is null || (last.IsCompleted && clock.GetElapsedTime(askedAt) > KeptFor))
            {
                askedAt = clock.GetTimestamp();
                last = AskAsync();
            }

            return last.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        try
        {
            using var deadline = new CancellationTokenSource(Timeout, clock);
            await ask(deadline.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault)
        {
            return HealthCheckResult.Unhealthy(fault.Message);
        }
    }
}

/// <summary>Stays healthy once <paramref name="check"/> has been: starting up happens once.</summary>
internal sealed class OnceCheck(DependencyCheck check) : IHealthCheck
{
    private volatile bool passed;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (passed)
        {
            return HealthCheckResult.Healthy();
        }

        var result = await check.CheckHealthAsync(context, cancellationToken);
        passed = result.Status == HealthStatus.Healthy;
        return result;
    }
}
