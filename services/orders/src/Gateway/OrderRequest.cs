namespace Orders.Gateway;

/// <summary>Where a request to place an order stands.</summary>
internal enum RequestState
{
    /// <summary>An attempt works on it until its lease ends.</summary>
    Running,

    /// <summary>The attempt ended without knowing what the processor did. The client was told to try again.</summary>
    Unanswered,

    /// <summary>The sweeper gives its stock back.</summary>
    Cancelling,

    /// <summary>Its stock is back and no order came of it.</summary>
    Cancelled,

    /// <summary>Its order is stored.</summary>
    Done,
}

/// <summary>One idempotency key of one customer, and what is known of its order.</summary>
/// <param name="Id">`customer#key`.</param>
/// <param name="BodyHash">See <see cref="PlaceOrder.Hash"/>.</param>
/// <param name="OrderId">Of the order that this may become; another one after a cancellation.</param>
/// <param name="Attempt">Counts who worked on it. Writing on its behalf needs the latest number, which fences an attempt that wakes up late.</param>
/// <param name="LeaseUntil">When another attempt may take over, while running.</param>
/// <param name="SweepAfter">When the sweeper may cancel it, while unfinished.</param>
/// <param name="Expires">When its key may be used again, once done or cancelled.</param>
internal sealed record OrderRequest(
    string Id, string BodyHash, string OrderId, RequestState State, long Attempt,
    DateTimeOffset? LeaseUntil = null, DateTimeOffset? SweepAfter = null, DateTimeOffset? Expires = null)
{
    /// <summary>Decides what a request with the same key means.</summary>
    public Decision Decide(string bodyHash, DateTimeOffset now) => this switch
    {
        _ when Expires <= now => new Decision.Begin(),
        _ when BodyHash != bodyHash => new Decision.Refuse(),
        { State: RequestState.Done } => new Decision.Replay(OrderId),
        { State: RequestState.Cancelled } => new Decision.BeginAsNewOrder(),
        { State: RequestState.Unanswered } => new Decision.TakeOver(),
        { State: RequestState.Running } when LeaseUntil <= now => new Decision.TakeOver(),
        _ => new Decision.Wait(),
    };
}

/// <summary>What to do with a request whose key is known already.</summary>
internal abstract record Decision
{
    /// <summary>The key has expired: as if it had never been used.</summary>
    public sealed record Begin : Decision;

    /// <summary>Work on the same order: what an earlier attempt may have reserved is its own.</summary>
    public sealed record TakeOver : Decision;

    /// <summary>Work on a new order: the processor refuses the cancelled one.</summary>
    public sealed record BeginAsNewOrder : Decision;

    /// <summary>Answer as the first time.</summary>
    public sealed record Replay(string OrderId) : Decision;

    /// <summary>Another attempt works on it right now.</summary>
    public sealed record Wait : Decision;

    /// <summary>The key belongs to another body.</summary>
    public sealed record Refuse : Decision;
}
