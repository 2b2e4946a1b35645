using Causeway.DynamoDb;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Orders.Gateway;

/// <summary>Where things are in this environment, and how patient the gateway is.</summary>
internal sealed class GatewayOptions
{
    [ConfigurationKeyName("TABLES_ORDERS")]
    public string OrdersTable { get; set; } = "";

    [ConfigurationKeyName("TABLES_REQUESTS")]
    public string RequestsTable { get; set; } = "";

    [ConfigurationKeyName("CALLS_PROCESSOR_URL")]
    public string ProcessorUrl { get; set; } = "";

    /// <summary>Seconds one attempt may take to place an order, before another may take over.</summary>
    [ConfigurationKeyName("ORDERS_LEASE_SECONDS")]
    public int LeaseSeconds { get; set; } = 10;

    /// <summary>Seconds a client has to repeat a request that was answered 503, before the order is cancelled.</summary>
    [ConfigurationKeyName("ORDERS_GRACE_SECONDS")]
    public int GraceSeconds { get; set; } = 10;

    /// <summary>Seconds between two looks for abandoned requests, before jitter.</summary>
    [ConfigurationKeyName("ORDERS_SWEEP_SECONDS")]
    public int SweepSeconds { get; set; } = 2;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds);

    public TimeSpan SweepInterval => TimeSpan.FromSeconds(SweepSeconds);
}

internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options) => Settings.Check(
        (options.OrdersTable.Length > 0, "TABLES_ORDERS must name a table."),
        (options.RequestsTable.Length > 0, "TABLES_REQUESTS must name a table."),
        (Uri.TryCreate(options.ProcessorUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", "CALLS_PROCESSOR_URL must be an http URL."),
        (options.LeaseSeconds is >= 1 and <= 300, "ORDERS_LEASE_SECONDS must be from 1 to 300."),
        (options.GraceSeconds is >= 1 and <= 300, "ORDERS_GRACE_SECONDS must be from 1 to 300."),
        (options.SweepSeconds is >= 1 and <= 60, "ORDERS_SWEEP_SECONDS must be from 1 to 60."));
}

internal static class GatewayOptionsFeature
{
    public static void AddGatewayOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();

        builder.AddTablesToReadiness(services =>
        {
            var options = services.GetRequiredService<IOptions<GatewayOptions>>().Value;

            return [(options.OrdersTable, ["id"]), (options.RequestsTable, ["id"])];
        });
    }
}
