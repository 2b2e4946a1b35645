using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>Settings that every service reads from its environment.</summary>
public sealed class ServiceOptions
{
    /// <summary>Port to listen on; 0 lets the system choose one.</summary>
    [ConfigurationKeyName("PORT")]
    public int Port { get; set; } = 8080;

    /// <summary>
    /// Port for health, the OpenAPI document and administration; 0 lets the system choose one. Without it, <see cref="Port"/> serves them too.
    /// </summary>
    [ConfigurationKeyName("MANAGEMENT_PORT")]
    public int? ManagementPort { get; set; }

    /// <summary>Requests of one route that are worked on at once.</summary>
    [ConfigurationKeyName("REQUESTS_AT_ONCE")]
    public int RequestsAtOnce { get; set; } = 32;

    /// <summary>Requests of one route that may wait for that; what comes on top is answered 503.</summary>
    [ConfigurationKeyName("REQUESTS_WAITING")]
    public int RequestsWaiting { get; set; } = 64;

    /// <summary>Seconds during which requests are still served after the signal to stop, while readiness already fails.</summary>
    [ConfigurationKeyName("SHUTDOWN_DRAIN_SECONDS")]
    public int ShutdownDrainSeconds { get; set; } = 5;

    /// <summary>Seconds within which draining and all requests in flight must end.</summary>
    [ConfigurationKeyName("SHUTDOWN_TIMEOUT_SECONDS")]
    public int ShutdownTimeoutSeconds { get; set; } = 25;
}

internal sealed class ServiceOptionsValidator : IValidateOptions<ServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceOptions options) => Settings.Check(
        (options.Port is >= 0 and <= 65535, "PORT must be from 0 to 65535."),
        (options.ManagementPort is null or (>= 0 and <= 65535), "MANAGEMENT_PORT must be from 0 to 65535."),
        (options.ManagementPort is null or 0 || options.ManagementPort != options.Port, "MANAGEMENT_PORT must not be PORT."),
        (options.RequestsAtOnce is >= 1 and <= 10_000, "REQUESTS_AT_ONCE must be from 1 to 10000."),
        (options.RequestsWaiting is >= 0 and <= 10_000, "REQUESTS_WAITING must be from 0 to 10000."),
        (options.ShutdownDrainSeconds is >= 0 and <= 300, "SHUTDOWN_DRAIN_SECONDS must be from 0 to 300."),
        (options.ShutdownTimeoutSeconds is >= 1 and <= 600, "SHUTDOWN_TIMEOUT_SECONDS must be from 1 to 600."),
        (options.ShutdownDrainSeconds < options.ShutdownTimeoutSeconds,
            "SHUTDOWN_DRAIN_SECONDS must be less than SHUTDOWN_TIMEOUT_SECONDS, which includes it."));
}

/// <summary>Checks settings, all at once, with messages that name the variable.</summary>
public static class Settings
{
    public static ValidateOptionsResult Check(params ReadOnlySpan<(bool IsRight, string Otherwise)> rules)
    {
        var wrong = new List<string>();

        foreach (var (isRight, otherwise) in rules)
        {
            if (!isRight)
            {
                wrong.Add(otherwise);
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
