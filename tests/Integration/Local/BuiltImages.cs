using Causeway.Harness.Local;

namespace Causeway.Integration.Local;

/// <summary>Images stay as long as something needs them.</summary>
public sealed class BuiltImages(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removing_the_images_of_one_instance_keeps_those_that_another_uses_and_their_bases()
    {
        // The tests' own platform runs and uses every image.
        var other = new LocalPlatform(running.Repository, new PlatformOptions(new Instance("other")), new Silent());
        var podman = new Podman(running.Repository, other.Instance);
        Task<string> ListAsync() =>
            podman.RunAsync(Stop, "images", "--filter", $"reference={Harness.Local.Images.Registry}/*", "--format", "{{.Repository}}", "--sort", "repository");
        var before = (await ListAsync()).Split('\n').Distinct();

        var (_, kept) = await other.RemoveImagesAsync(Stop);

        Assert.Equal(before, (await ListAsync()).Split('\n').Distinct());
        Assert.True(kept >= before.Count());
    }
}
