using System.Text.Json.Nodes;
using Causeway.Harness.Argo;
using k8s;

namespace Causeway.Harness.Clusters;

/// <summary>
/// Installs Argo CD into a cluster to see what its ApplicationSet controller makes of an environment's files, and nothing more: what syncs, the application
/// controller, gets no pod. So Applications come into being as they would in the environment, with all that their sync policies say, and none deploys.
/// </summary>
/// <param name="interval">Between two looks, while a kind is waited for.</param>
/// <param name="patience">How long Argo CD may take to be there.</param>
public sealed class ArgoTrial(k8s.Kubernetes cluster, ISteps steps, TimeProvider clock, TimeSpan interval, TimeSpan patience)
{
    /// <summary>Where Argo CD, and all that is its own, lives.</summary>
    public const string Namespace = "argocd";

    /// <summary>What syncs.</summary>
    public const string Controller = "argocd-application-controller";

    private readonly ServerSideApply api = new(cluster, clock, interval, patience);

    /// <param name="manifest">Argo CD's own.</param>
    /// <param name="expected">What the environment's files make, for the address and the commit under test.</param>
    /// <param name="token">Lets Argo CD read the repository, where that is not public; null: it is.</param>
    /// <exception cref="PlatformException">The cluster has an Argo CD that is not of a trial, the manifest has no application controller that could be left
    /// out, the API refused something, or a roll-out failed.</exception>
    public async Task RunAsync(IReadOnlyList<JsonObject> manifest, ClusterRendering expected, string repository, string? token, CancellationToken stop)
    {
        var objects = WithoutController(manifest);
        await new ClusterNamespaces(cluster, expected.Environment, clock).ExpectOursAsync([Namespace], stop);
        await using var events = await EventFollower.StartAsync(cluster, [Namespace], steps, stop);
        await steps.RunAsync("Install Argo CD", async progress =>
        {
            await ApplyAsync([ClusterNamespaces.Labelled(Namespace, expected.Environment), .. objects], progress, stop);

            return $"{objects.Count} objects";
        });
        await steps.RunAsync("Wait for Argo CD", async progress =>
        {
            var wanted = objects.Where(item => Rollout.Kinds.Contains((string)item["kind"]!) && NameOf(item) != Controller)
                .Select(item => new WantedRollout((string)item["kind"]!, Namespace, NameOf(item)))
                .ToArray();
            await new RolloutWatch(cluster, events, patience, clock).WaitAsync(wanted, progress, stop);

            return $"{wanted.Length} roll-outs complete, {Controller} left out: nothing syncs";
        });
        await steps.RunAsync("Give it the environment", async progress =>
        {
            // Argo CD refuses Applications of projects that do not exist: ApplicationSets come last.
            JsonObject[] own =
            [
                .. token is null ? Array.Empty<JsonObject>() : [Credentials(repository, token)],
                .. expected.Given.Where(ClusterFile.IsCluster),
                .. expected.Projects,
                .. expected.Applications.Where(one => one.Application.From is ClusterRenderer.ByTerraform).Select(one => one.Application.Json),
                .. expected.Sets,
            ];
            await ApplyAsync(own, progress, stop);

            return $"{expected.Environment}: {expected.Projects.Count} projects, {expected.Sets.Count} ApplicationSets";
        });
    }

    private async Task ApplyAsync(IReadOnlyList<JsonObject> objects, Action<string> progress, CancellationToken stop)
    {
        foreach (var item in objects)
        {
            progress($"{item["kind"]} {NameOf(item)}");
            await api.ApplyAsync(item, Namespace, stop);
        }
    }

    // Definitions first, as they stand first in the manifest: the rest may be of their kinds.
    private static IReadOnlyList<JsonObject> WithoutController(IReadOnlyList<JsonObject> manifest)
    {
        JsonObject[] objects = [.. manifest.Select(item => item.DeepClone().AsObject())];
        var controller = objects.SingleOrDefault(item => (string?)item["kind"] is "StatefulSet" or "Deployment" && NameOf(item) == Controller)
            ?? throw new PlatformException(
                $"Argo CD's manifest has no {Controller}, so what syncs cannot be left out.",
                "Look in the manifest that build/tools.yaml pins for what syncs now, and leave that out in src/Harness/Clusters/ArgoTrial.cs.");
        controller["spec"]!["replicas"] = 0;

        return objects;
    }

    // https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
    private static JsonObject Credentials(string repository, string token) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = "causeway-repository",
            ["namespace"] = Namespace,
            ["labels"] = new JsonObject { ["argocd.argoproj.io/secret-type"] = "repository" },
        },
        ["stringData"] = new JsonObject { ["type"] = "git", ["url"] = repository, ["username"] = "x-access-token", ["password"] = token },
    };

    private static string NameOf(JsonObject item) => (string?)item["metadata"]?["name"] ?? "";
}
