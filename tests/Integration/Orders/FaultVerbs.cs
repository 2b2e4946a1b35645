using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Causeway.Harness.Local;

namespace Causeway.Integration.Orders;

/// <summary>Each fault does what its name says, and is undone by its handle.</summary>
public sealed class FaultVerbs(RunningPlatform running)
{
    private readonly Shop shop = Shop.Of(running);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<int?> StatusAsync(Uri address, string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(1));

        try
        {
            return (await shop.SendAsync(HttpMethod.Get, path, null, patience.Token, to: address)).Status;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    [Fact]
    public async Task A_killed_pod_comes_back_by_itself()
    {
        var pod = (await running.Platform.PodsOfAsync("orders-processor", Stop))[1];

        await running.Faults.KillAsync(pod, Stop);
        await running.Platform.WaitUntilReadyAsync([pod.Name], Stop);

        var after = (await running.Platform.PodsOfAsync("orders-processor", Stop))[1];
        Assert.Equal((pod.Name, pod.Address), (after.Name, after.Address));
        Assert.NotEqual(pod.Containers[0].ProcessId, after.Containers[0].ProcessId);
    }

    [Fact]
    public async Task A_pod_without_memory_is_ended_by_the_kernel_and_comes_back_for_good()
    {
        var pod = (await running.Platform.PodsOfAsync("orders-processor", Stop))[1];
        var kills = KernelKills();

        await running.Faults.ExhaustMemoryAsync(pod, Stop);
        await running.Platform.WaitUntilReadyAsync([pod.Name], Stop);

        var after = (await running.Platform.PodsOfAsync("orders-processor", Stop))[1];
        Assert.NotEqual(pod.Containers[0].ProcessId, after.Containers[0].ProcessId);
        Assert.True(KernelKills() > kills);
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        Assert.Equal(after.Containers[0].ProcessId, (await running.Platform.PodsOfAsync("orders-processor", Stop))[1].Containers[0].ProcessId);
    }

    // https://man7.org/linux/man-pages/man5/proc_vmstat.5.html
    private static long KernelKills() => long.Parse(
        File.ReadLines("/proc/vmstat").Single(line => line.StartsWith("oom_kill ", StringComparison.Ordinal)).Split(' ')[1],
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_stopped_pod_stays_stopped_until_it_is_started()
    {
        var pod = (await running.Platform.PodsOfAsync("orders-processor", Stop))[1];
        var address = pod.Management!;

        await using (await running.Faults.StopAsync(pod, Stop))
        {
            Assert.Null(await StatusAsync(address, "/healthz/live"));
        }

        // A pod that was stopped gets another address, as in a cluster.
        var again = (await running.Platform.PodsAsync(Stop)).Single(other => other.Name == pod.Name);
        Assert.Equal(200, await StatusAsync(again.Management!, "/healthz/live"));
    }

    [Fact]
    public async Task A_paused_pod_answers_nothing_until_it_goes_on()
    {
        var pod = (await running.Platform.PodsOfAsync("orders-processor", Stop))[1];
        var address = pod.Management!;

        await using (await running.Faults.PauseAsync(pod, Stop))
        {
            Assert.Null(await StatusAsync(address, "/healthz/live"));
        }

        await Eventually.TrueAsync("it answers", TimeSpan.FromSeconds(10), async () => await StatusAsync(address, "/healthz/live") == 200, Stop);
    }

    [Fact]
    public async Task On_a_full_volume_nothing_is_logged_and_everything_answered_until_there_is_room_again()
    {
        static void LogEveryRequest(JsonObject pod) => PodVariables.Set(pod, "Logging__LogLevel__Microsoft.AspNetCore", "Information");
        var before = (await running.Platform.PodsOfAsync("orders-processor", Stop)).Select(pod => pod.Name).ToArray();

        await using (var volume = await running.Faults.ScaleUpOnLogVolumeAsync("orders-processor", Stop, LogEveryRequest))
        {
            var pod = (await running.Platform.PodsOfAsync("orders-processor", Stop)).Single(pod => !before.Contains(pod.Name));
            volume.Fill();
            var full = volume.Length;

            for (var request = 0; request < 100; request++)
            {
                Assert.Equal(200, await StatusAsync(pod.Management!, "/healthz/live"));
            }

            Assert.InRange(volume.Length - full, 0, LogVolume.Block);

            volume.Free();
            await Eventually.TrueAsync(
                "the log goes on",
                TimeSpan.FromSeconds(10),
                async () => await StatusAsync(pod.Management!, "/healthz/live") == 200 && volume.Length > full,
                Stop);
        }

        Assert.Equal(before, (await running.Platform.PodsOfAsync("orders-processor", Stop)).Select(pod => pod.Name));
    }

    [Fact]
    public async Task A_cut_separates_two_deployments_and_no_others()
    {
        var gateway = await running.Platform.ManagementAddressOfAsync("orders", "gateway", Stop);
        var processor = await running.Platform.ManagementAddressOfAsync("orders", "processor", Stop);

        await using (await running.Faults.DisconnectAsync("orders-gateway", "dynamodb-local", Stop))
        {
            await Eventually.TrueAsync(
                "the gateway is not ready", TimeSpan.FromSeconds(15), async () => await StatusAsync(gateway, "/healthz/ready") == 503, Stop);
            Assert.Equal(200, await StatusAsync(processor, "/healthz/ready"));
        }

        await Eventually.TrueAsync("the gateway is ready", TimeSpan.FromSeconds(15), async () => await StatusAsync(gateway, "/healthz/ready") == 200, Stop);
    }

    [Fact]
    public async Task A_delay_slows_every_request_between_two_deployments()
    {
        await shop.StockAsync("DELAY", 10, Stop);
        TimeSpan slow;

        await using (await running.Faults.DelayAsync("orders-gateway", "orders-processor", TimeSpan.FromMilliseconds(150), Stop))
        {
            var elapsed = Stopwatch.StartNew();
            Assert.Equal(201, (await shop.PlaceAsync("delay", "1", [new("DELAY", 1)], Stop)).Status);
            slow = elapsed.Elapsed;
        }

        // There and back: no answer can be faster, however fast the machine is.
        Assert.True(slow >= TimeSpan.FromMilliseconds(300), $"{slow.TotalMilliseconds} ms");
        Assert.Equal(201, (await shop.PlaceAsync("delay", "2", [new("DELAY", 1)], Stop)).Status);
    }
}
