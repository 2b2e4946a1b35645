using Causeway.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

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
        var orders = routes.MapApi("orders");

        orders.MapPost("/orders", PlaceAsync)
            .WithSummary("Places an order. The same Idempotency-Key and body give the same answer for 24 hours.")
            .Accepts<PlaceOrder>("application/json")
            .Describe(IdempotencyKey.Header, isRequired: true, key =>
            {
                key.Type = JsonSchemaType.String;
                key.Pattern = IdempotencyKey.Pattern;
            })
            .Produces<Order>(201).Problems(409, 413, 415, 422);
        orders.MapGet("/orders/{id}", ShowAsync).WithSummary("One order.").DescribeId("id").Problems(404);
        orders.MapGet("/orders", ListAsync).WithSummary("A customer's orders, the newest first.")
            .DescribeId("customer").DescribeLimit(DefaultPage, MaxPage);
    }

    private static async Task<IResult> PlaceAsync(
        HttpContext http, [FromHeader(Name = IdempotencyKey.Header)] string? header, Placement placement, CancellationToken stop)
    {
        var key = IdempotencyKey.Require(header);
        var order = await http.Request.ReadAsync<PlaceOrder>(stop);
        order.Validate();

        var (stored, replayed) = await placement.PlaceAsync($"{order.Customer}#{key}", order);

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
