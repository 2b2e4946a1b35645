using System.Globalization;
using System.Text.RegularExpressions;
using Causeway.Harness.Helm;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>What a cluster says of itself before anything is done to it.</summary>
/// <param name="Version">Of its API: <c>v1.33.1</c>.</param>
public sealed record ClusterFacts(string Version, IReadOnlyList<V1Node> Nodes);

/// <summary>Refuses a cluster that the charts cannot run in, before anything is built or changed.</summary>
public static partial class ClusterCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Asks the API server for its version and its nodes.</summary>
    /// <exception cref="PlatformException">It does not answer, or refuses the credentials.</exception>
    public static async Task<ClusterFacts> AskAsync(IKubernetes cluster, KubeconfigContext context, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);

        try
        {
            var version = await cluster.Version.GetCodeAsync(patience.Token);
            var nodes = await cluster.CoreV1.ListNodeAsync(cancellationToken: patience.Token);

            return new ClusterFacts(version.GitVersion, [.. nodes.Items]);
        }
        catch (HttpOperationException refused)
        {
            throw new PlatformException(
                $"The cluster of context {context.Name} answers {(int)refused.Response.StatusCode}.",
                $"Renew the credentials in {context.Kubeconfig}, and be allowed to list nodes: {Kubectl(context)} get nodes.",
                refused.Response.Content,
                refused);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new PlatformException(
                $"The API server of context {context.Name} does not answer at {cluster.BaseUri}.",
                $"Start the cluster, or correct its address in {context.Kubeconfig}: {Kubectl(context)} cluster-info.",
                error.Message,
                error);
        }
    }

    /// <exception cref="UsageException">The context sounds like production, and the user has not said that it is meant.</exception>
    public static void ExpectNotProduction(KubeconfigContext context, bool confirmed)
    {
        if (context.SoundsLikeProduction && !confirmed)
        {
            throw new UsageException(
                $"Context {context.Name} (cluster {context.Cluster}) is called like one that people depend on.",
                "`up --cluster` installs stand-ins without durable data. Name another context with --context, or say --yes if this one is meant.");
        }
    }

    /// <param name="charts">Folders of the charts that are to be installed.</param>
    /// <exception cref="PlatformException">The API is older than one of them wants.</exception>
    public static void ExpectVersion(string version, IEnumerable<string> charts)
    {
        var (major, minor) = Parse(version, "The API server");

        foreach (var chart in charts)
        {
            if ((string?)Yaml.LoadFile(Path.Combine(chart, "Chart.yaml"))["kubeVersion"] is { } wanted && Parse(wanted, chart) is var least
                && (major, minor).CompareTo(least) < 0)
            {
                throw new PlatformException(
                    $"The cluster runs Kubernetes {version}; chart {Path.GetFileName(chart)} needs {wanted}.",
                    $"Use a cluster of Kubernetes {least.Major}.{least.Minor} or newer: docs/clusters.md.");
            }
        }
    }

    /// <param name="listed">The releases of the namespaces that are to be installed into.</param>
    /// <exception cref="PlatformException">Helm has not finished one.</exception>
    public static void ExpectNotPending(IEnumerable<ListedRelease> listed, KubeconfigContext context)
    {
        if (listed.FirstOrDefault(release => release.IsUnfinished) is { } pending)
        {
            throw new PlatformException(
                $"Helm release {pending.Name} in namespace {pending.Namespace} is {pending.Status} since {pending.Updated}.",
                "If another `helm` is at work on it, wait. If it was killed, `helm rollback " +
                $"{pending.Name} --namespace {pending.Namespace} --kubeconfig {context.Kubeconfig} --kube-context {context.Name}` " +
                $"goes back to the last version that was deployed; without one, `./causeway down --cluster {context.Kubeconfig}` removes it.");
        }
    }

    private static string Kubectl(KubeconfigContext context) => $"`kubectl --kubeconfig {context.Kubeconfig} --context {context.Name}`";

    private static (int Major, int Minor) Parse(string text, string whose) => Number().Match(text) is { Success: true } match
        ? (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : throw new PlatformException($"{whose} names no version of Kubernetes: {text}.", "A version reads as in v1.33.1, a chart's as in >=1.30.0-0.");

    [GeneratedRegex(@"(\d+)\.(\d+)")]
    private static partial Regex Number();
}
