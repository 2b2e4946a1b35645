using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.LoadScenarios;

/// <summary>The platform that a load goes to: the one that runs, else one that is brought up for it and taken down after it.</summary>
internal sealed class PlatformUnderLoad : IAsyncDisposable
{
    private readonly bool isOurs;

    private PlatformUnderLoad(LocalPlatform platform, bool isOurs)
    {
        Platform = platform;
        this.isOurs = isOurs;
    }

    public LocalPlatform Platform { get; }

    /// <param name="instance">Which running one; null: <c>dev</c> if it runs, else one of its own.</param>
    /// <exception cref="PlatformException">The named one does not run.</exception>
    public static async Task<PlatformUnderLoad> FindAsync(Repository repository, string? instance, CancellationToken stop)
    {
        var running = new LocalPlatform(repository, PlatformOptions.Named(instance ?? Instance.DefaultName), new PlainSteps());

        // Names are the machine's: one that another clone brought up answers at addresses that this one does not know.
        if (running.Addresses.Ports.Count > 0 && (await running.PodsAsync(stop)).Any(pod => pod.IsRunning))
        {
            Console.WriteLine($"load goes to instance `{running.Instance.Name}`, which is up");
            (await running.Faults.RevertLeftAsync()).ToList().ForEach(left => Console.WriteLine($"reverted what a killed run left: {left}"));
            // A scenario that rolls out has to know what is rendered. What is as it should be stays as it is.
            await running.UpAsync(stop);

            return new PlatformUnderLoad(running, isOurs: false);
        }

        if (instance is not null)
        {
            throw new PlatformException(
                $"Instance `{instance}` is not up from this clone.", $"Run `./causeway up --instance {instance}` first, or leave --instance out.");
        }

        var own = new LocalPlatform(repository, PlatformOptions.ForTests(repository, 'l'), new PlainSteps());
        Console.WriteLine($"no platform is up: load goes to instance `{own.Instance.Name}`, which is taken down afterwards");
        // A run that was killed may have left it broken.
        await own.DownAsync(stop);

        try
        {
            await own.UpAsync(stop);
        }
        catch
        {
            await own.DownAsync(CancellationToken.None);

            throw;
        }

        return new PlatformUnderLoad(own, isOurs: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (isOurs)
        {
            await Platform.DownAsync(CancellationToken.None);
        }
    }
}
