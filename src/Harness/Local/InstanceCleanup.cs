using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>
/// Removes everything an instance owns. Finds it by label, name and environment, not by memory, so it also clears what a killed <c>up</c> left.
/// </summary>
internal sealed class InstanceCleanup(Podman podman)
{
    /// <returns>What was removed, in words; empty when there was nothing.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken stop)
    {
        if (!IsInstalled())
        {
            return [];
        }

        // Programs first: a build that goes on would make new containers while the old ones are removed.
        var processes = EndProcesses();
        var label = $"label={Instance.Label}={podman.Instance.Name}";
        var pods = await RemoveAsync(
            "pod",
            Names(await podman.JsonAsync(stop, "pod", "ps", "--format", "json", "--filter", label), "Name"),
            names => podman.RemovePodsAsync(names, stop));
        var leftovers = await RemoveAsync("container",
            [
                // By name, those of pods that are half made; by label, those that tests started by themselves.
                .. Names(await podman.JsonAsync(stop, "ps", "--all", "--external", "--format", "json"), "Names").Where(IsOurs)
                    .Union(Names(await podman.JsonAsync(stop, "ps", "--all", "--format", "json", "--filter", label), "Names")),
            ],
            names => podman.RunAsync(stop, ["rm", "--force", .. names]));
        var builds = await RemoveBuildContainersAsync(stop);
        var volumes = await RemoveAsync(
            "volume",
            [.. Names(await podman.JsonAsync(stop, "volume", "ls", "--format", "json"), "Name").Where(IsOurs)],
            names => podman.RunAsync(stop, ["volume", "rm", "--force", .. names]));
        var networks = await RemoveAsync(
            "network",
            [.. Names(await podman.JsonAsync(stop, "network", "ls", "--format", "json"), "name").Where(name => name == podman.Instance.Network)],
            names => podman.RunAsync(stop, ["network", "rm", "--force", .. names]));

        return [.. new[] { pods, leftovers, builds, volumes, networks, processes }.OfType<string>()];
    }

    private bool IsOurs(string name) => name.StartsWith(podman.Instance.Prefix, StringComparison.Ordinal);

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "podman")));

    // podman says `Name` of most things, and lists several `Names` of containers.
    private static string[] Names(JsonArray list, string property) =>
        [.. list.SelectMany(item => item![property] is JsonArray names ? names.Select(name => (string)name!) : [(string)item[property]!])];

    private static async Task<string?> RemoveAsync(string what, string[] names, Func<string[], Task> remove)
    {
        if (names is [])
        {
            return null;
        }

        await remove(names);

        return names.Length == 1 ? $"1 {what}" : $"{names.Length} {what}s";
    }

    // An interrupted `buildah build` leaves its working container. While another instance builds, it may be that one's: the next `down` takes what is left.
    private async Task<string?> RemoveBuildContainersAsync(CancellationToken stop)
    {
        using var one = await TryLockBuildsAsync(stop);

        if (one is null)
        {
            return null;
        }

        var left = await podman.Buildah("containers", "--json").TryRunAsync(stop);
        var containers = left.ExitCode == 0 ? JsonNode.Parse(left.Output) as JsonArray ?? [] : [];
        string[] ours = [
            .. containers
                .Where(container => ((string?)container!["imagename"] ?? "").StartsWith(Images.Registry, StringComparison.Ordinal))
                .Where(container => (bool?)container!["builder"] == true)
                .Select(container => (string)container!["id"]!)
        ];

        if (ours is [])
        {
            return null;
        }

        await podman.Buildah(["rm", .. ours]).RunAsync(stop);

        return $"{ours.Length} unfinished builds";
    }

    private async Task<FileLock?> TryLockBuildsAsync(CancellationToken stop)
    {
        try
        {
            return await Images.LockAsync(TimeSpan.Zero, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Ends programs the harness started for this instance and that outlived it. podman's own helpers end with their containers.</summary>
    private string? EndProcesses()
    {
        var mark = $"{CommandLine.InstanceVariable}={podman.Instance.Name}";
        var ended = 0;

        var others = Process.GetProcesses().Where(process => process.Id != Environment.ProcessId);

        foreach (var process in others.Where(process => process.ProcessName is not ("conmon" or "aardvark-dns")))
        {
            try
            {
                if (File.ReadAllText($"/proc/{process.Id}/environ").Split('\0').Contains(mark))
                {
                    process.Kill();
                    process.WaitForExit(TimeSpan.FromSeconds(5));
                    ended++;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // It ended by itself meanwhile.
            }
        }

        return ended == 0 ? null : $"{ended} processes";
    }
}
