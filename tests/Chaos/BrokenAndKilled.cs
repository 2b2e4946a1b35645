using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.LoadScenarios;

namespace Causeway.ChaosExperiments;

/// <summary>A process that breaks a running platform in several ways and then waits to be killed.</summary>
internal static class BrokenAndKilled
{
    public const string Argument = "break-and-wait";

    /// <summary>What it says when all is broken.</summary>
    public const string Broken = "all is broken";

    public static async Task<int> RunAsync(string instance)
    {
        var stop = CancellationToken.None;
        var platform = new LocalPlatform(Repository.Find(), PlatformOptions.Named(instance), new PlainSteps());
        var pods = (await platform.PodsAsync(stop)).Where(pod => pod.Ports.Count > 0).GroupBy(pod => pod.Owner).Select(owner => owner.First()).ToArray();
        await platform.Faults.DisconnectAsync(pods[0].Owner, pods[1].Owner, stop);
        await platform.Faults.FailDnsAsync(pods[0].Owner, stop);
        await platform.Faults.LimitProcessorAsync(pods[1], 0.5, stop);
        await platform.Faults.PauseAsync(pods[2], stop);
        await platform.Faults.StopAsync(pods[3], stop);
        Console.WriteLine(Broken);
        await Task.Delay(Timeout.Infinite, stop);

        return 0;
    }
}
