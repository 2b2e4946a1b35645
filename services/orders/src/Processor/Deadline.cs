namespace Orders.Processor;

/// <summary>How long a write may be tried: less than the gateway waits for one attempt, so that it hears the reason.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.4);

    public static CancellationTokenSource Start(CancellationToken stop)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Length);
        return deadline;
    }
}
