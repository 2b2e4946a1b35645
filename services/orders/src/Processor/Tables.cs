using Causeway.DynamoDb;
using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Orders.Processor;

/// <summary>Names of the tables in this environment.</summary>
internal sealed class TableOptions
{
    [ConfigurationKeyName("TABLES_INVENTORY")]
    public string Inventory { get; set; } = "";

    [ConfigurationKeyName("TABLES_RESERVATIONS")]
    public string Reservations { get; set; } = "";

    [ConfigurationKeyName("TABLES_ADJUSTMENTS")]
    public string Adjustments { get; set; } = "";
}

internal sealed class TableOptionsValidator : IValidateOptions<TableOptions>
{
    public ValidateOptionsResult Validate(string? name, TableOptions options) => Settings.Check(
        (options.Inventory.Length > 0, "TABLES_INVENTORY must name a table."),
        (options.Reservations.Length > 0, "TABLES_RESERVATIONS must name a table."),
        (options.Adjustments.Length > 0, "TABLES_ADJUSTMENTS must name a table."));
}

internal static class Tables
{
    public static void AddTables(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TableOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TableOptions>, TableOptionsValidator>();

        builder.AddTablesToReadiness(services =>
        {
            var tables = services.GetRequiredService<IOptions<TableOptions>>().Value;

            return [(tables.Inventory, ["sku"]), (tables.Reservations, ["orderId"]), (tables.Adjustments, ["sku", "id"])];
        });
    }
}
