using Causeway.Harness.Terraform.Schemas;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>What takes long tells its size at once, and then how long the rest will take.</summary>
public sealed class ReadingProgressTests
{
    [Fact]
    public void The_size_is_told_first_and_then_the_time_that_is_left_every_few_seconds()
    {
        var (clock, said) = (new FakeTimeProvider(), new List<string>());
        var progress = new ReadingProgress("reading", 40_000_000, said.Add, clock);

        progress.At(0);
        clock.Advance(TimeSpan.FromSeconds(1));
        progress.At(5_000_000);
        clock.Advance(TimeSpan.FromSeconds(3));
        progress.At(10_000_000);

        Assert.Equal(["reading: 40.0 MB", "reading: 10.0 of 40.0 MB, 12 s left"], said);
    }
}
