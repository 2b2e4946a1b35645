using Causeway.Harness.Local;

namespace Causeway.Integration;

/// <summary>A run is about the runtime that it says it is about.</summary>
public sealed class RuntimeUnderTest(RunningPlatform running)
{
    [Fact]
    public void Routes_come_from_the_rendering_that_was_asked_for()
    {
        // Hosts on ECS are below a domain of their own, which is in nothing but Terraform's plan.
        string[] hosts = [.. running.Platform.Routes.Select(route => route.Host).Where(host => host is not "localhost")];

        Assert.NotEmpty(hosts);
        Assert.All(hosts, host => Assert.Equal(RunningPlatform.Runtime is LocalRuntime.Ecs, host.EndsWith(".ecs.localhost", StringComparison.Ordinal)));
        Assert.Equal(RunningPlatform.Runtime, running.Platform.Runtime);
    }
}
