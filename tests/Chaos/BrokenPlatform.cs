using Causeway.Chaos;
using Causeway.Chaos.Experiments;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.LoadScenarios;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Causeway.ChaosExperiments.BrokenPlatform))]
// One platform is broken again and again: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Causeway.ChaosExperiments;

/// <summary>The platform that the tests break, brought up once for all of them.</summary>
public sealed class BrokenPlatform : IAsyncLifetime
{
    private PlatformToBreak? broken;

    public Repository Repository { get; } = Repository.Find();

    public LocalPlatform Platform => broken!.Platform;

    public async ValueTask InitializeAsync() => broken = await PlatformToBreak.UpAsync(Repository, instance: null, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (broken is not null)
        {
            await broken.DisposeAsync();
        }
    }
}
