using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Argo;
using k8s;
using k8s.Autorest;

namespace Causeway.Harness.Clusters;

/// <summary>One Application: that is expected, that is in the cluster, or both.</summary>
/// <param name="Problem">Why it is not as it should be; null where it is expected, there and, where anything syncs, synced and healthy.</param>
public sealed record ApplicationVerdict(string Name, string? Problem);

/// <summary>
/// The Applications in a cluster of an environment, against those that the offline expansion of <c>argocd/</c> expects. The fields of their status are Argo
/// CD's: https://argo-cd.readthedocs.io/en/stable/operator-manual/server-commands/ and its CRD, <c>status.sync</c>, <c>health</c>, <c>conditions</c>.
/// </summary>
/// <param name="interval">Between two looks, while it is waited.</param>
/// <param name="syncs">Whether they are synced in this cluster: in a trial (<see cref="ArgoTrial"/>) nothing is, and their state says nothing.</param>
public sealed class ArgoApplications(IKubernetes cluster, TimeProvider clock, TimeSpan interval, bool syncs = true)
{
    /// <summary>Looks until everything is as it should be, or the time is over.</summary>
    /// <param name="deadline">Zero: looks once.</param>
    /// <param name="progress">Receives how many are not there yet, and the first of them, after each look.</param>
    /// <returns>What the last look found, in order of name.</returns>
    /// <exception cref="PlatformException">The cluster has no Argo CD, refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<ApplicationVerdict>> WaitAsync(
        IReadOnlyList<Application> expected, TimeSpan deadline, Action<string> progress, CancellationToken stop)
    {
        var began = clock.GetTimestamp();

        while (true)
        {
            var verdicts = Compare(expected, await ListAsync("applications", stop), syncs);
            var waiting = verdicts.Where(one => one.Problem is not null).ToArray();

            if (waiting is [] || clock.GetElapsedTime(began) >= deadline)
            {
                return verdicts;
            }

            progress($"{waiting.Length} of {verdicts.Count} to come, {waiting[0].Name}: {waiting[0].Problem}");
            await Task.Delay(interval, clock, stop);
        }
    }

    /// <summary>What ApplicationSets say of themselves that kept them from making their Applications: each with its name.</summary>
    /// <exception cref="PlatformException">The cluster has no Argo CD, refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> ErrorsOfSetsAsync(CancellationToken stop) =>
    [
        .. from item in await ListAsync("applicationsets", stop)
           from condition in item["status"]?["conditions"] as JsonArray ?? []
           where (string?)condition?["type"] is "ErrorOccurred" && (string?)condition["status"] is "True"
           select $"ApplicationSet {item["metadata"]?["name"]}: {condition["message"]}",
    ];

    /// <summary>Holds what is in a cluster against what is expected.</summary>
    /// <param name="found">Applications as the API has them.</param>
    public static IReadOnlyList<ApplicationVerdict> Compare(IReadOnlyList<Application> expected, IReadOnlyList<JsonObject> found, bool syncs = true)
    {
        var there = found.ToDictionary(item => (string?)item["metadata"]?["name"] ?? "");

        return
        [
            .. expected.Select(one => new ApplicationVerdict(
                    one.Name, there.TryGetValue(one.Name, out var item) ? Problem(one.Json, item, syncs) : $"it does not exist; {one.From} should make it"))
                .Concat(there.Keys.Except(expected.Select(one => one.Name)).Select(name => new ApplicationVerdict(name, "it is not expected")))
                .OrderBy(verdict => verdict.Name, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(string kinds, CancellationToken stop)
    {
        try
        {
            var list = (JsonElement)await cluster.CustomObjects.ListNamespacedCustomObjectAsync(
                "argoproj.io", "v1alpha1", ArgoTrial.Namespace, kinds, cancellationToken: stop);

            return [.. JsonObject.Create(list)!["items"]!.AsArray().Select(item => item!.AsObject())];
        }
        catch (HttpOperationException refused)
        {
            throw new PlatformException(
                refused.Response.StatusCode is HttpStatusCode.NotFound
                    ? "The cluster does not know Applications: there is no Argo CD in it."
                    : $"The cluster refused to show the {kinds} in namespace {ArgoTrial.Namespace}: {(int)refused.Response.StatusCode}.",
                $"The stack gitops installs Argo CD (docs/gitops.md). You need to be allowed to list {kinds}.argoproj.io.",
                refused.Response.Content,
                refused);
        }
        catch (HttpRequestException unreachable)
        {
            throw new PlatformException(
                "The cluster cannot be reached.", "`kubectl cluster-info` with the same context shows why.", unreachable.Message, unreachable);
        }
    }

    private static string? Problem(JsonObject expected, JsonObject found, bool syncs)
    {
        var different = new[] { "project", "destination", "source", "sources" }
            .Where(part => !JsonNode.DeepEquals(expected["spec"]?[part], found["spec"]?[part]))
            .Select(part => $"spec.{part} is {Short(found["spec"]?[part])}, expected is {Short(expected["spec"]?[part])}");
        var (sync, health) = ((string?)found["status"]?["sync"]?["status"] ?? "Unknown", (string?)found["status"]?["health"]?["status"] ?? "Unknown");
        var said = (found["status"]?["conditions"] as JsonArray ?? []).Select(condition => $"{condition?["type"]}: {condition?["message"]}");
        string[] problems =
        [
            .. different,
            .. !syncs || (sync is "Synced" && health is "Healthy") ? [] : said.Prepend($"it is {sync} and {health}"),
        ];

        return problems is [] ? null : string.Join("; ", problems);
    }

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text.Length <= 200 ? text : text[..200] + "…" : "not there";
}
