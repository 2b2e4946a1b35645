using Orders.Gateway;

namespace Orders.Tests.Gateway;

public sealed class PlaceOrderTests
{
    private static readonly PlaceOrder Order = new("c1", [new("WIDGET", 2), new("GADGET", 1)]);

    [Fact]
    public void Equal_orders_have_equal_hashes() => Assert.Equal(Order.Hash(), new PlaceOrder("c1", [new("WIDGET", 2), new("GADGET", 1)]).Hash());

    [Fact]
    public void Any_difference_changes_the_hash() => Assert.Distinct(
    [
        Order.Hash(),
        (Order with { Customer = "c2" }).Hash(),
        (Order with { Lines = [new("WIDGET", 2)] }).Hash(),
        (Order with { Lines = [new("WIDGET", 2), new("GADGET", 2)] }).Hash(),
        (Order with { Lines = [new("GADGET", 1), new("WIDGET", 2)] }).Hash(),
    ]);
}
