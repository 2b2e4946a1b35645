using Causeway.Chaos;
using Causeway.Load;
using Causeway.Load.Models;

namespace Causeway.Offline.Chaos;

/// <summary>What is known of requests while they go on.</summary>
public sealed class PulseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fails_is_counted_and_delays_the_steady_state()
    {
        var pulse = new Pulse();
        var kind = OutcomeKind.ServerError;
        var request = pulse.Counted((_, _) => Task.FromResult(new Outcome("GET /", kind)));

        async Task UntilAsync(Func<bool> reached)
        {
            while (!reached())
            {
                await request(default, Stop);
                await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
            }
        }

        await UntilAsync(() => pulse.Now >= TimeSpan.FromSeconds(1.2));
        Assert.Null(pulse.SteadySince(TimeSpan.Zero, 1));
        kind = OutcomeKind.Ok;
        var healed = pulse.Now;
        await UntilAsync(() => pulse.SteadySince(TimeSpan.Zero, 2) is not null || pulse.Now > TimeSpan.FromSeconds(20));

        var (ended, failed) = pulse.Between(TimeSpan.Zero, pulse.Now);
        Assert.True(pulse.SteadySince(TimeSpan.Zero, 2) >= healed, $"{pulse.SteadySince(TimeSpan.Zero, 2)}, healed at {healed}");
        Assert.InRange(failed, 1, ended - 1);
        Assert.NotNull(pulse.MedianBetween(TimeSpan.Zero, pulse.Now));
    }

    [Fact]
    public async Task Seconds_in_which_nothing_ends_are_not_steady()
    {
        var pulse = new Pulse();
        await pulse.Counted((_, _) => Task.FromResult(new Outcome("GET /", OutcomeKind.Ok)))(default, Stop);

        while (pulse.Now < TimeSpan.FromSeconds(2.5))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        Assert.Null(pulse.SteadySince(TimeSpan.Zero, 2));
    }
}
