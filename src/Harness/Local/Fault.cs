namespace Causeway.Harness.Local;

/// <summary>Something that is broken on purpose. Its disposal puts it right again.</summary>
public sealed class Fault : IAsyncDisposable
{
    private readonly Func<Task> revert;
    private bool done;

    internal Fault(Func<Task> revert) => this.revert = revert;

    /// <summary>Whether it is one that stops packets.</summary>
    public bool StopsPackets { get; internal init; }

    /// <summary>How many packets it has stopped so far; 0 for a fault that stops none.</summary>
    public Func<CancellationToken, Task<long>> StoppedPacketsAsync { get; internal init; } = _ => Task.FromResult(0L);

    /// <summary>How many requests it has answered in a server's place so far; 0 for a fault that answers none.</summary>
    public Func<long> AnsweredRequests { get; internal init; } = () => 0;

    public async ValueTask DisposeAsync()
    {
        if (!done)
        {
            done = true;
            await revert();
        }
    }

    /// <summary>Breaks something; if that fails half way, the part already broken is reverted at once.</summary>
    internal static async Task<Fault> BeginAsync(Func<Task> revert, Func<Task<Fault>> breakIt)
    {
        try
        {
            return await breakIt();
        }
        catch
        {
            await revert();

            throw;
        }
    }
}
