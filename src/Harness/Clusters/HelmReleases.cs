using System.Text.Json.Nodes;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Clusters;

/// <summary>A release as <c>helm list</c> knows it.</summary>
public sealed record ListedRelease(string Name, string Namespace, string Status, string Updated)
{
    /// <summary>Whether Helm is at work on it, or was killed: it refuses another install then.</summary>
    public bool IsUnfinished => Status.StartsWith("pending", StringComparison.Ordinal) || Status is "uninstalling";
}

/// <summary>
/// Installs charts into a cluster with the real Helm. It does not wait for pods: <see cref="RolloutWatch"/> does, and says why they do not come.
/// </summary>
/// <param name="helm">Path of the program.</param>
public sealed class HelmReleases(string helm, KubeconfigContext context)
{
    // Helm marks a release as failed when it is interrupted; killed, it leaves it pending.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>The command that installs a release, or changes it to what its values say now.</summary>
    public CommandLine Upgrade(HelmRelease release) => Command(
    [
        "upgrade", release.Name, release.Chart, "--install", "--namespace", release.Namespace,
        .. release.ValueFiles.SelectMany(file => new[] { "--values", file }), "--history-max", "5",
    ]);

    /// <summary>The command that removes a release.</summary>
    public CommandLine Uninstall(ListedRelease release) => Command(["uninstall", release.Name, "--namespace", release.Namespace]);

    /// <summary>The command that lists the releases of a namespace, whatever their state.</summary>
    public CommandLine List(string @namespace) => Command(["list", "--namespace", @namespace, "--all", "--output", "json"]);

    /// <exception cref="PlatformException">The chart refuses its values, or the API refuses an object.</exception>
    public async Task UpgradeAsync(HelmRelease release, CancellationToken stop)
    {
        var result = await Upgrade(release).TryRunAsync(stop);

        if (result.ExitCode != 0)
        {
            throw new PlatformException(
                $"Helm could not install {release.Name} in namespace {release.Namespace}.",
                "Correct what the lines above name, and run `./causeway up --cluster` again: it goes on where this stopped.",
                result.Tail());
        }
    }

    public async Task<IReadOnlyList<ListedRelease>> ListAsync(string @namespace, CancellationToken stop) =>
        Read((await List(@namespace).RunAsync(stop)).Output);

    public Task UninstallAsync(ListedRelease release, CancellationToken stop) => Uninstall(release).RunAsync(stop);

    /// <summary>Reads what <c>helm list --output json</c> printed.</summary>
    public static IReadOnlyList<ListedRelease> Read(string json) =>
        [.. JsonNode.Parse(json)!.AsArray().Select(one =>
            new ListedRelease((string)one!["name"]!, (string)one["namespace"]!, (string)one["status"]!, (string)one["updated"]!))];

    private CommandLine Command(IReadOnlyList<string> arguments) =>
        CommandLine.Of(helm, [.. arguments, "--kubeconfig", context.Kubeconfig, "--kube-context", context.Name]) with { Grace = Grace };
}
