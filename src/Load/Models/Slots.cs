namespace Causeway.Load.Models;

/// <summary>
/// So many at once; who comes later waits, and goes in the order of coming. A semaphore promises no order, and hands on by way of the thread pool, which is
/// late when the machine is busy.
/// </summary>
internal sealed class Slots(int count)
{
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int free = count;

    /// <summary>Takes a slot; ends when there is one.</summary>
    public Task TakeAsync()
    {
        lock (waiting)
        {
            if (free > 0)
            {
                free--;

                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource();
            waiting.Enqueue(turn);

            return turn.Task;
        }
    }

    /// <summary>Gives a slot back: the next in line has it when this returns.</summary>
    public void Give()
    {
        TaskCompletionSource? next;

        lock (waiting)
        {
            if (!waiting.TryDequeue(out next))
            {
                free++;
            }
        }

        next?.SetResult();
    }
}
