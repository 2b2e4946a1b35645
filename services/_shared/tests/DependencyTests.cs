using Causeway.ServiceDefaults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Services.Tests;

public sealed class DependencyTests
{
    private readonly FakeTimeProvider clock = new();
    private bool fails;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_not_answering_before_its_first_answer()
    {
        using var dependency = New();
        fails = true;
        await dependency.AskAsync(Stop);

        Assert.False(dependency.HasAnswered);
        Assert.False(dependency.IsAnswering);
    }

    [Fact]
    public async Task It_counts_as_answering_until_it_has_failed_for_several_seconds_and_again_with_its_next_answer()
    {
        using var dependency = New();
        await dependency.AskAsync(Stop);
        fails = true;
        await dependency.AskAsync(Stop);
        clock.Advance(Dependency.Patience - TimeSpan.FromMilliseconds(1));
        Assert.True(dependency.IsAnswering);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(dependency.IsAnswering);
        Assert.True(dependency.HasAnswered);

        fails = false;
        await dependency.AskAsync(Stop);
        Assert.True(dependency.IsAnswering);
    }

    [Fact]
    public async Task That_it_was_not_asked_for_long_costs_nothing()
    {
        using var dependency = New();
        await dependency.AskAsync(Stop);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(dependency.IsAnswering);
    }

    private Dependency New() => new(
        "store", _ => fails ? Task.FromException(new IOException("no answer")) : Task.CompletedTask, clock, NullLogger<Dependency>.Instance);
}
