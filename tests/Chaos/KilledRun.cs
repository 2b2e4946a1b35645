using System.Diagnostics;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.ChaosExperiments;

/// <summary>What a killed run left broken is put right by the next one.</summary>
public sealed class KilledRun(BrokenPlatform broken)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_process_broke_is_reverted_by_the_next_run()
    {
        var before = await StateAsync();
        var start = new ProcessStartInfo("dotnet", [typeof(KilledRun).Assembly.Location, BrokenAndKilled.Argument, broken.Platform.Instance.Name])
        {
            WorkingDirectory = broken.Repository.Root,
            RedirectStandardOutput = true,
        };

        using (var breaking = Process.Start(start)!)
        {
            Assert.Equal(BrokenAndKilled.Broken, await breaking.StandardOutput.ReadLineAsync(Stop));
            breaking.Kill();
            await breaking.WaitForExitAsync(Stop);
        }

        Assert.NotEqual(before, await StateAsync());

        var reverted = await broken.Platform.Faults.RevertLeftAsync();
        await broken.Platform.WaitUntilReadyAsync([.. (await broken.Platform.PodsAsync(Stop)).Select(pod => pod.Name)], Stop);

        Assert.Equal(5, reverted.Count);
        Assert.Equal(before, await StateAsync());
        Assert.Empty(await broken.Platform.Faults.RevertLeftAsync());
    }

    // Which containers run, what the rules for packets are, and how much processor time there is.
    private async Task<string> StateAsync()
    {
        var state = new List<string>();

        foreach (var pod in await broken.Platform.PodsAsync(Stop))
        {
            var rules = pod.SandboxProcessId is 0
                ? ""
                : (await CommandLine.Of("nsenter", "--target", $"{pod.SandboxProcessId}", "--net", "iptables-save").RunAsync(Stop)).Output;
            var quotas = pod.Containers.Where(container => container.ProcessId > 0)
                .Select(container => File.ReadAllText(Faults.CpuQuotaOf(container.ProcessId).File));
            state.Add($"{pod.Name}: {string.Join(',', pod.Containers.Select(container => container.State))} {string.Concat(quotas).Trim()}");
            state.AddRange(rules.Split('\n').Where(line => line.StartsWith("-A", StringComparison.Ordinal)));
        }

        return string.Join('\n', state);
    }
}
