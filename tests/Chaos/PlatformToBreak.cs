using Causeway.Chaos;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.LoadScenarios;

namespace Causeway.ChaosExperiments;

/// <summary>
/// The platform that is broken, with rules in a faster time: one of its own, which is taken down afterwards, or a named one, which is brought up if need be
/// and stays.
/// </summary>
internal sealed class PlatformToBreak : IAsyncDisposable
{
    private readonly bool isOurs;

    private PlatformToBreak(LocalPlatform platform, bool isOurs)
    {
        Platform = platform;
        this.isOurs = isOurs;
    }

    public LocalPlatform Platform { get; }

    /// <param name="instance">Null: one of its own.</param>
    public static async Task<PlatformToBreak> UpAsync(Repository repository, string? instance, CancellationToken stop)
    {
        var options = instance is null ? PlatformOptions.ForTests(repository, 'c') : PlatformOptions.Named(instance);
        var platform = new LocalPlatform(repository, options with { RuleSpeed = ChaosRunner.RuleSpeed }, new PlainSteps());
        var broken = new PlatformToBreak(platform, isOurs: instance is null);
        var afterwards = instance is null ? ", and taken down afterwards" : "";
        Console.WriteLine($"instance `{platform.Instance.Name}` is broken{afterwards}; rules are {ChaosRunner.RuleSpeed:0.#} times faster");

        try
        {
            if (instance is null)
            {
                // A run that was killed may have left it broken.
                await platform.DownAsync(stop);
            }
            else
            {
                (await platform.Faults.RevertLeftAsync()).ToList().ForEach(left => Console.WriteLine($"reverted what a killed run left: {left}"));
            }

            await platform.UpAsync(stop);

            return broken;
        }
        catch
        {
            await broken.DisposeAsync();

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isOurs)
        {
            await Platform.DownAsync(CancellationToken.None);
        }
    }
}
