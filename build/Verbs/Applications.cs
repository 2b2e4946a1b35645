using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Clusters;
using Causeway.Harness.Helm;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway applications</c>: whether the cluster of an environment has the Applications that <c>argocd/</c> makes there, synced and healthy. Exit code 0
/// only if it has these and no others.
/// </summary>
internal static class Applications
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly Argument<string> Environment = new("environment") { Description = "A folder of terraform/envs, with a file in argocd/clusters." };

    private static readonly Option<string> Cluster = new("--cluster")
    {
        Description = "Kubeconfig of the cluster.",
        HelpName = "kubeconfig",
        Required = true,
    };

    private static readonly Option<string?> Context = new("--context") { Description = "Context of the kubeconfig (default: its current one)." };

    private static readonly Option<int> Timeout = new("--timeout") { Description = "Seconds to wait until all are synced and healthy (default: look once)." };

    public static Command Verb()
    {
        var command = new Command("applications", "Hold the Applications in a cluster against those that argocd/ makes there.")
        {
            Environment, Cluster, Context, Timeout,
        };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(Environment)!,
            KubeconfigContext.Find(parsed.GetValue(Cluster)!, parsed.GetValue(Context)),
            parsed.GetValue(Timeout) is >= 0 and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : throw new UsageException($"--timeout {parsed.GetValue(Timeout)} is below zero.", "Give seconds, as in --timeout 300."),
            stop));

        return command;
    }

    private static async Task<int> RunAsync(string environment, KubeconfigContext context, TimeSpan timeout, CancellationToken stop)
    {
        var repository = Repository.Find();

        if (!repository.Environments().Contains(environment))
        {
            throw new UsageException($"There is no environment {environment}.", $"Environments: {string.Join(", ", repository.Environments())}.");
        }

        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        await tools.FetchNpmAsync(stop);
        var renderer = new ReleaseRenderer(repository, new HelmTool(tools), Path.Combine(repository.Cache, "applications"));
        var expected = await renderer.ClusterAsync(environment, stop);
        using var cluster = context.Connect();
        var verdicts = await new ArgoApplications(cluster, TimeProvider.System, Interval)
            .WaitAsync([.. expected.Applications.Select(one => one.Application)], timeout, Console.WriteLine, stop);

        foreach (var (name, problem) in verdicts)
        {
            Console.WriteLine($"{(problem is null ? "ok" : "not ok"),-7} {name,-40} {problem}".TrimEnd());
        }

        var good = verdicts.Count(one => one.Problem is null);
        Console.WriteLine($"applications: {expected.Applications.Count} expected, {verdicts.Count} checked, 0 skipped, {verdicts.Count - good} failed; " +
            $"context {context.Name}");

        return good == verdicts.Count ? 0 : 1;
    }
}
