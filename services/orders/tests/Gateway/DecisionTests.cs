using Orders.Gateway;

namespace Orders.Tests.Gateway;

public sealed class DecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderRequest Running = new("c#k", "hash", "order", RequestState.Running, 3, Now.AddSeconds(1), Now.AddSeconds(1));

    [Fact]
    public void A_running_attempt_is_left_alone_until_its_lease_ends()
    {
        Assert.IsType<Decision.Wait>(Running.Decide("hash", Now));
        Assert.IsType<Decision.TakeOver>(Running.Decide("hash", Now.AddSeconds(1)));
    }

    [Fact]
    public void An_unanswered_request_goes_on_as_the_same_order() =>
        Assert.IsType<Decision.TakeOver>((Running with { State = RequestState.Unanswered }).Decide("hash", Now));

    [Fact]
    public void A_request_that_is_being_cancelled_is_waited_for_even_after_its_lease() =>
        Assert.IsType<Decision.Wait>((Running with { State = RequestState.Cancelling }).Decide("hash", Now.AddHours(1)));

    [Fact]
    public void A_cancelled_request_begins_again_as_another_order() =>
        Assert.IsType<Decision.BeginAsNewOrder>((Running with { State = RequestState.Cancelled, Expires = Now.AddHours(1) }).Decide("hash", Now));

    [Fact]
    public void A_request_that_is_done_is_replayed() =>
        Assert.Equal(new Decision.Replay("order"), (Running with { State = RequestState.Done, Expires = Now.AddHours(1) }).Decide("hash", Now));

    [Theory]
    [InlineData(RequestState.Running)]
    [InlineData(RequestState.Unanswered)]
    [InlineData(RequestState.Cancelling)]
    [InlineData(RequestState.Cancelled)]
    [InlineData(RequestState.Done)]
    internal void Another_body_is_refused_in_every_state(RequestState state) =>
        Assert.IsType<Decision.Refuse>((Running with { State = state }).Decide("other", Now));

    [Fact]
    public void An_expired_key_is_free_whatever_the_body() =>
        Assert.IsType<Decision.Begin>((Running with { State = RequestState.Done, Expires = Now }).Decide("other", Now));
}
