using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Traffic;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Causeway.Integration.RunningPlatform))]
// One platform serves all tests, and some break it on purpose: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Causeway.Integration;

/// <summary>
/// The platform, brought up once for all tests of a run, on ports and names of its own, and taken down after the last. <c>CAUSEWAY_RUNTIME</c> says
/// which runtime it has: <c>kubernetes</c>, which is the default, or <c>ecs</c>. In a run about a cluster alone, there is none on this machine.
/// </summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    private readonly Dictionary<Type, IDisposable> shared = [];
    private TrafficRecorder? recorder;
    private RecordedTraffic? traffic;

    public Repository Repository { get; } = Repository.Find();

    /// <summary>Which rendering of the workloads this run is about.</summary>
    public static LocalRuntime Runtime { get; } = Environment.GetEnvironmentVariable("CAUSEWAY_RUNTIME") is { Length: > 0 } and not "cluster" and var name
        ? Enum.Parse<LocalRuntime>(name, ignoreCase: true)
        : LocalRuntime.Kubernetes;

    public LocalPlatform Platform { get; private set; } = null!;

    public Faults Faults => Platform.Faults;

    public async ValueTask InitializeAsync()
    {
        if (!SelectedTests.NeedPlatform)
        {
            return;
        }

        var stop = TestContext.Current.CancellationToken;
        Platform = new LocalPlatform(Repository, PlatformOptions.ForTests(Repository, 't') with { Runtime = Runtime }, new Silent());
        // A killed run may have left its platform broken: begin from nothing.
        await Platform.DownAsync(stop);
        recorder = await Platform.RecordTrafficAsync(stop);
        await Platform.UpAsync(stop);
    }

    /// <summary>Something that all tests of a workload share; made when it is first asked for, and disposed after the last test.</summary>
    public T Shared<T>(Func<T> make)
        where T : class, IDisposable
    {
        if (!shared.TryGetValue(typeof(T), out var made))
        {
            shared[typeof(T)] = made = make();
        }

        return (T)made;
    }

    /// <summary>What went over the network from the beginning until this was asked first. It ends the recording.</summary>
    public async Task<RecordedTraffic> TrafficAsync() => traffic ??= await recorder!.EndAsync();

    public async ValueTask DisposeAsync()
    {
        shared.Values.ToList().ForEach(made => made.Dispose());

        if (recorder is not null)
        {
            await recorder.DisposeAsync();
        }

        if (SelectedTests.NeedPlatform)
        {
            await Platform.DownAsync(CancellationToken.None);
        }
    }
}
