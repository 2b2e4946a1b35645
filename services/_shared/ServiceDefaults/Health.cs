using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Causeway.ServiceDefaults;

/// <summary>
/// `/healthz/live` says that the process answers, and asks nothing else. `/healthz/startup` fails until every dependency has answered once.
/// `/healthz/ready` fails as soon as the process drains, and when a dependency has not answered for several seconds.
/// </summary>
public static class Health
{
    private const string Ready = "ready";
    private const string Startup = "startup";

    /// <summary>Makes readiness and startup depend on <paramref name="ask"/>, which throws when the dependency does not answer.</summary>
    public static void AddDependency(this WebApplicationBuilder builder, string name, Func<IServiceProvider, CancellationToken, Task> ask)
    {
        builder.Services.AddKeyedSingleton(name, (services, _) => new Dependency(
            name, stop => ask(services, stop), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Dependency>>()));
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredKeyedService<Dependency>(name));
        builder.Services.AddHealthChecks()
            .Add(Check(name, Ready, dependency => dependency.IsAnswering))
            .Add(Check(name, Startup, dependency => dependency.HasAnswered));

        static HealthCheckRegistration Check(string name, string tag, Func<Dependency, bool> isWell) => new(
            tag == Ready ? name : $"{name}-once",
            services => new DependencyCheck(services.GetRequiredKeyedService<Dependency>(name), isWell), HealthStatus.Unhealthy, [tag]);
    }

    internal static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DrainCheck>("serving", tags: [Ready]);

    internal static void MapHealth(this WebApplication app)
    {
        var health = app.MapManagement().MapGroup("/healthz");
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

/// <summary>Says what is known already: a probe never waits for a dependency.</summary>
internal sealed class DependencyCheck(Dependency dependency, Func<Dependency, bool> isWell) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isWell(dependency) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("does not answer"));
}
