using Causeway.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Orders.Gateway;

/// <summary>`/orders`: places orders, once per idempotency key, and shows them.</summary>
internal static class OrdersFeature
{
    private const int DefaultPage = 20;
    private const int MaxPage = 100;

    public static void AddOrders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestStore>();
        builder.Services.AddSingleton<OrderStore>();
        builder.Services.AddSingleton<OrderMetrics>();
        builder.Services.AddSingleton<Placement>();
    }

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        // The group has no prefix: joined with an empty template it would be reported as `/orders/`.
        var orders = routes.MapGroup("").WithTags("orders").Problems(400, 503);

        orders.MapPost("/orders", PlaceAsync)
            .WithSummary("Places an order. The same Idempotency-Key and body give the same answer for 24 hours.")
            .Accepts<PlaceOrder>("application/json")
            .Produces<Order>(201).Problems(409, 413, 415, 422);
        orders.MapGet("/orders/{id}", ShowAsync).WithSummary("One order.").Problems(404);
        orders.MapGet("/orders", ListAsync).WithSummary("A customer's orders, the newest first.");
    }

    private static async Task<IResult> PlaceAsync(
        HttpContext http, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, Placement placement, CancellationToken stop)
    {
        Ids.Require(idempotencyKey, "Idempotency-Key");
        var order = await http.Request.ReadAsync<PlaceOrder>(stop);
        order.Validate();

        var (stored, replayed) = await placement.PlaceAsync($"{order.Customer}#{idempotencyKey}", order);

        if (replayed)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        return stored.Order.Status == OrderStatus.Accepted
            ? TypedResults.Created($"/orders/{stored.Order.Id}", stored.Order)
            : Rejected(stored);
    }

    private static async Task<Ok<Order>> ShowAsync(string id, OrderStore orders, CancellationToken stop) =>
        TypedResults.Ok((await orders.FindAsync(Ids.Require(id, "id"), stop))?.Order
            ?? throw new ProblemException(Problem.Of(404, "order-unknown", "There is no such order.", $"No order has the id {id}.")));

    private static async Task<Ok<OrderPage>> ListAsync(string? customer, string? limit, string? page, OrderStore orders, CancellationToken stop)
    {
        Ids.Require(customer, "customer");

        var size = PageSize.Parse(limit, DefaultPage, MaxPage);
        var after = page is null ? null
            : PageToken.Parse(page, customer!) ?? throw Problem.Invalid("page", "must be the `next` of an earlier page of the same customer");

        return TypedResults.Ok(await orders.ListAsync(customer!, size, after, stop));
    }

    private static IResult Rejected(StoredOrder stored)
    {
        var problem = Problem.Of(
            409, "order-rejected", "There is not enough stock for the order.",
            $"Nothing was taken: short of {string.Join(", ", stored.Order.Short!.Select(line => line.Sku))}.");
        problem.Extensions["order"] = stored.Order;
        problem.Extensions["traceId"] = stored.TraceId;
        return Problem.Result(problem);
    }
}
