using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Clusters;
using Causeway.Harness.Helm;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway applications</c>: whether the cluster of an environment has the Applications that <c>argocd/</c> makes there, synced and healthy. With
/// <c>--install</c>, whether an Argo CD that is installed for it makes them of a commit. Exit code 0 only if it has these and no others.
/// </summary>
internal static class Applications
{
    private const string Token = "CAUSEWAY_REPOSITORY_TOKEN";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly Argument<string> Environment = new("environment") { Description = "A folder of terraform/envs, with a file in argocd/clusters." };

    private static readonly Option<string> Cluster = new("--cluster")
    {
        Description = "Kubeconfig of the cluster.",
        HelpName = "kubeconfig",
        Required = true,
    };

    private static readonly Option<string?> Context = new("--context") { Description = "Context of the kubeconfig (default: its current one)." };

    private static readonly Option<int?> Timeout = new("--timeout")
    {
        Description = "Seconds to wait until all are as expected (default: look once; with --install 300).",
    };

    private static readonly Option<bool> Install = new("--install")
    {
        Description = $"Install Argo CD there first, without what syncs: nothing is deployed. {Token} lets it read a repository that is not public.",
    };

    private static readonly Option<string?> Repository = new("--repository")
    {
        Description = "With --install: address that Argo CD fetches the repository from (default: the environment's).",
        HelpName = "url",
    };

    private static readonly Option<string?> Revision = new("--revision")
    {
        Description = "With --install: commit that is tried, which has to be pushed (default: HEAD).",
        HelpName = "commit",
    };

    public static Command Verb()
    {
        var command = new Command("applications", "Hold the Applications in a cluster against those that argocd/ makes there.")
        {
            Environment, Cluster, Context, Timeout, Install, Repository, Revision,
        };
        command.SetAction(RunAsync);

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var (repository, environment, install) = (Harness.Repository.Find(), parsed.GetValue(Environment)!, parsed.GetValue(Install));
        var context = KubeconfigContext.Find(parsed.GetValue(Cluster)!, parsed.GetValue(Context));
        var seconds = parsed.GetValue(Timeout) ?? (install ? 300 : 0);

        if (seconds < 0)
        {
            throw new UsageException($"--timeout {seconds} is below zero.", "Give seconds, as in --timeout 300.");
        }

        if (!repository.Environments().Contains(environment))
        {
            throw new UsageException($"There is no environment {environment}.", $"Environments: {string.Join(", ", repository.Environments())}.");
        }

        if (!install && (parsed.GetValue(Repository) ?? parsed.GetValue(Revision)) is not null)
        {
            throw new UsageException("--repository and --revision say what is tried with --install.", "Add --install, or leave them out.");
        }

        if (install && context.SoundsLikeProduction)
        {
            throw new UsageException(
                $"Context {context.Name} (cluster {context.Cluster}) is called like one that people depend on.",
                "--install puts an Argo CD that deploys nothing into the cluster: name another with --context. docs/clusters.md makes one from nothing.");
        }

        var tools = new ToolBox(repository, ToolManifest.Load(repository));
        await tools.FetchNpmAsync(stop);
        var trial = install ? await TrialAsync(repository, environment, parsed.GetValue(Repository), parsed.GetValue(Revision), stop) : null;
        var renderer = new ReleaseRenderer(repository, new HelmTool(tools), Path.Combine(repository.Cache, "applications"));
        var expected = await renderer.ClusterAsync(environment, stop, trial);
        using var cluster = context.Connect();

        if (trial is not null)
        {
            await InstallAsync(repository, tools.Manifest, context, (k8s.Kubernetes)cluster, trial, expected, stop);
        }

        return await CompareAsync(
            new ArgoApplications(cluster, TimeProvider.System, Interval, syncs: !install), expected, TimeSpan.FromSeconds(seconds), context.Name, stop);
    }

    private static async Task<RevisionUnderTest> TrialAsync(
        Repository repository, string environment, string? address, string? revision, CancellationToken stop)
    {
        var own = (string?)ReleaseRenderer.Facts(repository, environment)["gitops"]?["repository"]
            ?? throw new UsageException($"Argo CD does not sync {environment}.", "Name an environment whose cluster.runtime is eks.");
        var known = await CommandLine.Of("git", "rev-parse", "--verify", "--quiet", $"{revision ?? "HEAD"}^{{commit}}").In(repository.Root).TryRunAsync(stop);

        return known.ExitCode is 0
            ? new(own, address ?? own, known.Output.Trim())
            : throw new UsageException(
                $"{revision ?? "HEAD"} names no commit of this clone.", "Fetch it, since it is expanded here as well: `git fetch origin <commit>`.");
    }

    private static async Task InstallAsync(
        Repository repository,
        ToolManifest manifest,
        KubeconfigContext context,
        k8s.Kubernetes cluster,
        RevisionUnderTest trial,
        ClusterRendering expected,
        CancellationToken stop)
    {
        var (steps, pin) = (new ConsoleSteps(), manifest.Manifests.Single(one => one.Name is "argo-cd"));
        var facts = await ClusterCheck.AskAsync(cluster, context, stop);
        IReadOnlyList<System.Text.Json.Nodes.JsonObject> objects = [];
        await steps.RunAsync($"Fetch the manifest of {pin.Name} {pin.Version}", async _ =>
        {
            objects = await new PinnedManifest(pin, Path.Combine(repository.Cache, "manifests")).FetchAsync(stop);

            return $"{objects.Count} objects, commit {pin.Commit}";
        });
        var token = System.Environment.GetEnvironmentVariable(Token) is { Length: > 0 } given ? given : null;
        await new ArgoTrial(cluster, steps, TimeProvider.System, TimeSpan.FromSeconds(1), ClusterOptions.DefaultPatience)
            .RunAsync(objects, expected, trial.Repository, token, stop);
        Console.WriteLine($"Kubernetes {facts.Version}, {pin.Name} {pin.Version}; commit {trial.Commit} of {trial.Repository}, " +
            $"{(token is null ? "read without credentials" : $"read with {Token}")}");
    }

    private static async Task<int> CompareAsync(
        ArgoApplications applications, ClusterRendering expected, TimeSpan timeout, string context, CancellationToken stop)
    {
        var verdicts = await applications.WaitAsync([.. expected.Applications.Select(one => one.Application)], timeout, Console.WriteLine, stop);

        foreach (var (name, problem) in verdicts)
        {
            Console.WriteLine($"{(problem is null ? "ok" : "not ok"),-7} {name,-40} {problem}".TrimEnd());
        }

        var good = verdicts.Count(one => one.Problem is null);

        if (good < verdicts.Count)
        {
            (await applications.ErrorsOfSetsAsync(stop)).ToList().ForEach(Console.WriteLine);
        }

        Console.WriteLine($"applications: {expected.Applications.Count} expected, {verdicts.Count} checked, 0 skipped, {verdicts.Count - good} failed; " +
            $"context {context}");

        return good == verdicts.Count ? 0 : 1;
    }
}
