using Causeway.ServiceDefaults;

namespace Orders.Processor;

/// <summary>`/reservations`: takes stock for an order, all lines or none, and gives it back.</summary>
internal static class ReservationsFeature
{
    public static void AddReservations(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ReservationStore>();

    public static void MapReservations(this IEndpointRouteBuilder routes)
    {
        var reservations = routes.MapApi("reservations");

        reservations.MapPost("/reservations", ReserveAsync)
            .WithSummary("Takes stock for all lines of an order, or for none. Answers alike when repeated.")
            .Accepts<Reservation>("application/json")
            .Produces<Reservation>(201).Produces<Reservation>().Problems(409, 413, 415, 422);
        reservations.MapDelete("/reservations/{orderId}", ReleaseAsync)
            .WithSummary("Gives an order's stock back once, and refuses a reservation of that order from now on.")
            .DescribeId("orderId").Produces(204);
    }

    private static async Task<IResult> ReserveAsync(HttpRequest request, ReservationStore store, TimeProvider clock, CancellationToken stop)
    {
        var reservation = await request.ReadAsync<Reservation>(stop);
        reservation.Validate();
        using var deadline = Deadline.Start(clock, stop);

        return await store.ReserveAsync(reservation, deadline.Token) switch
        {
            ReserveOutcome.Taken => TypedResults.Created((string?)null, reservation),
            ReserveOutcome.TakenBefore => TypedResults.Ok(reservation),
            ReserveOutcome.Short(var lines) => Short(lines),
            ReserveOutcome.Released => throw new ProblemException(Problem.Of(
                409, "reservation-released", "The reservation has been released.", $"Stock of order {reservation.OrderId} has been given back for good.")),
            _ => throw new ProblemException(Problem.Of(
                422, "reservation-differs", "The order has reserved other lines.", $"Order {reservation.OrderId} already has a reservation with other lines.")),
        };
    }

    private static async Task<IResult> ReleaseAsync(string orderId, ReservationStore store, TimeProvider clock, CancellationToken stop)
    {
        Ids.Require(orderId, "orderId");
        using var deadline = Deadline.Start(clock, stop);
        await store.ReleaseAsync(orderId, deadline.Token);

        return TypedResults.NoContent();
    }

    private static IResult Short(IReadOnlyList<ShortLine> lines)
    {
        var problem = Problem.Of(
            409, "stock-short", "There is not enough stock.", $"Nothing was taken: short of {string.Join(", ", lines.Select(line => line.Sku))}.");
        problem.Extensions["short"] = lines;
        return Problem.Result(problem);
    }
}
