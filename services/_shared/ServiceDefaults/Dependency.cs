namespace Causeway.ServiceDefaults;

/// <summary>Asks a dependency once a second, however many probes there are, and remembers what came of it.</summary>
internal sealed partial class Dependency(string name, Func<CancellationToken, Task> ask, TimeProvider clock, ILogger<Dependency> logger) : BackgroundService
{
    /// <summary>
    /// How long a dependency may fail before readiness falls: every replica sees the same outage, and one that comes back at once is better waited for.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private long? failingSince;
    private bool isLost;

    /// <summary>Whether it has answered since the process began.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether it answers, or began to fail only a moment ago.</summary>
    public bool IsAnswering
    {
        get
        {
            lock (gate)
            {
                return HasAnswered && (failingSince is not { } since || clock.GetElapsedTime(since) < Patience);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);

        do
        {
            await AskAsync(stoppingToken);
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    internal async Task AskAsync(CancellationToken stop)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
            await ask(either.Token);
            Answered();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Stopping: what the dependency does is of no interest any more.
        }
        catch (Exception fault)
        {
            Failed(fault);
        }
    }

    private void Answered()
    {
        lock (gate)
        {
            HasAnswered = true;
            failingSince = null;
        }

        if (isLost)
        {
            isLost = false;
            Back(name);
        }
    }

    private void Failed(Exception fault)
    {
        lock (gate)
        {
            failingSince ??= clock.GetTimestamp();
        }

        if (!isLost && !IsAnswering)
        {
            isLost = true;
            Lost(name, fault.Message);
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not ready: {Dependency} does not answer: {Why}")]
    private partial void Lost(string dependency, string why);

    [LoggerMessage(LogLevel.Information, "Ready again: {Dependency} answers.")]
    private partial void Back(string dependency);
}
