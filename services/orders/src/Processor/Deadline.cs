namespace Orders.Processor;

/// <summary>How long a write may be tried: less than the gateway waits for one attempt, so that it hears the reason.</summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.4);
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource either;

    private Deadline(TimeProvider clock, CancellationToken stop)
    {
        timer = new CancellationTokenSource(Length, clock);
        either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
    }

    public CancellationToken Token => either.Token;

    public static Deadline Start(TimeProvider clock, CancellationToken stop) => new(clock, stop);

    public void Dispose()
    {
        either.Dispose();
        timer.Dispose();
    }
}
