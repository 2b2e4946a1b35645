namespace Causeway.Chaos.Experiments;

/// <summary>A fault that goes on by itself, such as a kill every ten seconds, until it ends or is disposed.</summary>
public sealed class Ongoing : IAsyncDisposable
{
    private readonly CancellationTokenSource ending;
    private readonly Func<Task> heal;

    private Ongoing(CancellationTokenSource ending, Task work, Func<Task> heal, bool endsByItself)
    {
        EndsByItself = endsByItself;
        this.ending = ending;
        this.heal = heal;
        Work = work;
    }

    /// <summary>Ends when it has done all it was to do, and fails when it could not.</summary>
    public Task Work { get; }

    /// <summary>Whether it lasts as long as it takes, and not as long as the experiment says.</summary>
    public bool EndsByItself { get; }

    /// <param name="work">What goes on. It is cancelled when the fault is to be healed.</param>
    /// <param name="heal">What heals it; null: that it ends.</param>
    public static Ongoing Start(Func<CancellationToken, Task> work, CancellationToken stop, Func<Task>? heal = null, bool endsByItself = false)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);

        return new Ongoing(ending, work(ending.Token), heal ?? (() => Task.CompletedTask), endsByItself);
    }

    /// <summary>Several faults that last together.</summary>
    public static Ongoing All(IReadOnlyCollection<IAsyncDisposable> faults, CancellationToken stop) => Start(
        ending => Task.Delay(Timeout.InfiniteTimeSpan, ending), stop, () => Task.WhenAll(faults.Select(fault => fault.DisposeAsync().AsTask())));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        await heal();
    }
}
