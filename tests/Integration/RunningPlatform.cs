using Causeway.Harness;
using Causeway.Harness.Local;

[assembly: AssemblyFixture(typeof(Causeway.Integration.RunningPlatform))]
// One platform serves all tests, and some break it on purpose: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Causeway.Integration;

/// <summary>The platform, brought up once for all tests of a run, on ports and names of its own, and taken down after the last.</summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    public Repository Repository { get; } = Repository.Find();

    public LocalPlatform Platform { get; private set; } = null!;

    public Shop Shop { get; private set; } = null!;

    public Faults Faults => Platform.Faults;

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        Platform = new LocalPlatform(Repository, PlatformOptions.ForTests(Repository, 't'), new Silent());
        // A killed run may have left its platform broken: begin from nothing.
        await Platform.DownAsync(stop);
        await Platform.UpAsync(stop);
        Shop = await Shop.OpenAsync(Platform, stop);
    }

    public async ValueTask DisposeAsync()
    {
        Shop?.Dispose();
        await Platform.DownAsync(CancellationToken.None);
    }
}
