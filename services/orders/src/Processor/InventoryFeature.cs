using Causeway.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Orders.Processor;

/// <summary>`/inventory`: shows stock and changes it by hand.</summary>
internal static class InventoryFeature
{
    private const int MaxPage = 100;

    public static void AddInventory(this WebApplicationBuilder builder) => builder.Services.AddSingleton<InventoryStore>();

    public static void MapInventory(this IEndpointRouteBuilder routes)
    {
        var inventory = routes.MapApi("inventory");

        inventory.MapGet("/inventory", ListAsync).WithSummary("All stock, in pages of up to 100 SKUs in no order.")
            .DescribeId("page", isRequired: false).DescribeLimit(MaxPage, MaxPage);
        inventory.MapGet("/inventory/{sku}", ShowAsync).WithSummary("Stock of one SKU.").DescribeId("sku").Problems(404);
        inventory.MapPost("/inventory/{sku}/adjustments", AdjustAsync)
            .WithSummary("Adds or removes pieces, once per id. Answers with the stock after it.")
            .DescribeId("sku").Accepts<Adjustment>("application/json")
            .Produces<StockItem>(201).Produces<StockItem>().Problems(409, 413, 415, 422);
    }

    private static async Task<Ok<StockPage>> ListAsync(string? limit, string? page, InventoryStore store, CancellationToken stop)
    {
        var size = PageSize.Parse(limit, MaxPage, MaxPage);
        return TypedResults.Ok(await store.ListAsync(size, page is null ? null : Ids.Require(page, "page"), stop));
    }

    private static async Task<Ok<StockItem>> ShowAsync(string sku, InventoryStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.FindAsync(Ids.Require(sku, "sku"), stop)
            ?? throw new ProblemException(Problem.Of(404, "sku-unknown", "There is no such SKU.", $"Nothing was ever stocked as {sku}.")));

    private static async Task<IResult> AdjustAsync(
        string sku, HttpRequest request, InventoryStore store, TimeProvider clock, CancellationToken stop)
    {
        Ids.Require(sku, "sku");
        var adjustment = await request.ReadAsync<Adjustment>(stop);
        adjustment.Validate();
        using var deadline = Deadline.Start(clock, stop);

        return await store.AdjustAsync(sku, adjustment, deadline.Token) switch
        {
            AdjustOutcome.Done(var stock) => TypedResults.Created((string?)null, stock),
            AdjustOutcome.DoneBefore(var stock) => TypedResults.Ok(stock),
            AdjustOutcome.OutOfRange(var available) => throw new ProblemException(Problem.Of(
                409, "stock-out-of-range", "Stock would leave its range.",
                $"{sku} has {available} pieces; {adjustment.Delta} more is not within 0 and {StockItem.Max}.")),
            _ => throw new ProblemException(Problem.Of(
                422, "adjustment-id-reused", "The adjustment's id was used before.", $"Adjustment {adjustment.Id} of {sku} had another delta.")),
        };
    }
}
