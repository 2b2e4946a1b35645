using Causeway.Harness;
using Causeway.Harness.Clusters;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Clusters;

/// <summary>
/// Roll-outs are waited for by watching. The API's answers are played (<see cref="PlayedApi"/>): what is shown is how they are read, and not that a real
/// API server gives them.
/// </summary>
public sealed class RolloutWatchTests : IAsyncLifetime
{
    private const string Deployments = "/apis/apps/v1/namespaces/shop/deployments";
    private const string Jobs = "/apis/batch/v1/namespaces/shop/jobs";
    private const string Events = "/api/v1/namespaces/shop/events";
    private const string Pods = "/api/v1/namespaces/shop/pods";

    private readonly Said said = new();
    private readonly FakeTimeProvider clock = new();
    private PlayedApi api = null!;

    // How often the Deployments were listed.
    private int Lists => api.Asked.Count(one =>
        one.StartsWith($"GET {Deployments}", StringComparison.Ordinal) && !one.Contains("watch=true", StringComparison.Ordinal));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await PlayedApi.StartAsync(Stop);
        api.PlaysNothing(Deployments, Jobs, Events, Pods);
    }

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    private static string Deployment(int available, int generation = 1, string conditions = "", string name = "shop-store") => $$"""
        { "metadata": { "name": "{{name}}", "namespace": "shop", "generation": {{generation}}, "resourceVersion": "10{{available}}" },
          "spec": { "replicas": 2, "selector": { "matchLabels": { "app": "store" } }, "template": {} },
          "status": { "observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "availableReplicas": {{available}}, "conditions": [{{conditions}}] } }
        """;

    private static string Event(string type, string reason, string message, string about = "shop-store-1", int count = 1) => $$"""
        { "metadata": { "name": "{{about}}.{{reason}}", "namespace": "shop" }, "type": "{{type}}", "reason": "{{reason}}", "message": "{{message}}", "count": {{count}},
          "involvedObject": { "kind": "Pod", "namespace": "shop", "name": "{{about}}" } }
        """;

    private async Task WaitAsync(Action<string>? progress = null, params string[] names)
    {
        using var client = api.Client();
        await using var events = await EventFollower.StartAsync(client, ["shop"], said, Stop);
        await new RolloutWatch(client, events, TimeSpan.FromMinutes(5), clock).WaitAsync(
            [.. (names is [] ? ["shop-store"] : names).Select(name => new WantedRollout("Deployment", "shop", name))], progress ?? (_ => { }), Stop);
    }

    // Ends when the API has been asked for something: the test goes on from a known place.
    private Task AskedAsync(string beginning, int times = 1) => UntilAsync(
        () => api.Asked.Count(one => one.StartsWith(beginning, StringComparison.Ordinal)) >= times, $"{beginning} was not asked {times} times");

    private static Task SaidAsync(Func<IEnumerable<string>> lines, string text) =>
        UntilAsync(() => lines().Any(line => line.Contains(text, StringComparison.Ordinal)), $"“{text}” was not said");

    // What does not come fails the test, and does not hold the run up.
    private static async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        var began = TimeProvider.System.GetTimestamp();

        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1), otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(10), Stop);
        }
    }

    [Fact]
    public async Task What_is_complete_when_it_is_listed_is_not_waited_for()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(2)));

        await WaitAsync();
    }

    [Fact]
    public async Task What_is_not_complete_is_watched_from_where_the_list_ended()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(0)));
        var progress = new List<string>();
        api.Sends(Deployments, "MODIFIED", Deployment(1));
        api.Sends(Deployments, "MODIFIED", Deployment(2));

        await WaitAsync(progress.Add);

        Assert.Equal(
            [
                "1 of 1 to come, Deployment shop/shop-store: 0 of 2 pods are available",
                "1 of 1 to come, Deployment shop/shop-store: 1 of 2 pods are available",
                "all there",
            ],
            progress);
        Assert.Contains(api.Asked, one => one.StartsWith($"GET {Deployments}?", StringComparison.Ordinal)
            && one.Contains("resourceVersion=100", StringComparison.Ordinal) && one.Contains("watch=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_object_that_is_not_there_yet_is_waited_for_and_others_of_the_namespace_are_not()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(0, name: "someone-elses")));
        api.Sends(Deployments, "ADDED", Deployment(2));

        await WaitAsync();
    }

    [Fact]
    public async Task A_watch_that_is_too_old_begins_with_a_list_again()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(0)), PlayedApi.List(Deployment(2)));
        api.Sends(Deployments, "ERROR", PlayedApi.Status(410, "Expired", "too old resource version: 100 (200)"));

        await WaitAsync();

        Assert.Equal(2, Lists);
    }

    [Fact]
    public async Task A_watch_that_the_server_ends_goes_on_and_so_does_a_server_that_is_busy()
    {
        api.Plays(
            Deployments, (200, PlayedApi.List(Deployment(0))), (503, PlayedApi.Status(503, "ServiceUnavailable", "starting")),
            (200, PlayedApi.List(Deployment(2))));
        api.Ends(Deployments);

        await WaitAsync();

        Assert.Equal(3, Lists);
    }

    [Fact]
    public async Task Warnings_are_said_at_once_and_once_and_those_of_before_are_not()
    {
        api.Plays(Events, PlayedApi.List(Event("Warning", "BackOff", "of yesterday")));
        api.Plays(Deployments, PlayedApi.List(Deployment(0)));
        api.Sends(Events, "ADDED", Event("Normal", "Pulled", "Container image is there"));
        api.Sends(Events, "ADDED", Event("Warning", "Unhealthy", "Readiness probe failed: 503"));
        api.Sends(Events, "MODIFIED", Event("Warning", "Unhealthy", "Readiness probe failed: 503", count: 2));
        api.Sends(Events, "MODIFIED", Event("Warning", "BackOff", "of yesterday", count: 9));
        api.Sends(Events, "ADDED", Event("Warning", "Last", "one"));
        var waiting = WaitAsync();
        await SaidAsync(() => said.Notices, "Last");

        // All of it was said before the roll-out ended.
        Assert.False(waiting.IsCompleted);
        Assert.Equal(
            ["Warning  Pod shop/shop-store-1  Unhealthy: Readiness probe failed: 503", "Warning  Pod shop/shop-store-1  Last: one"], said.Notices);
        Assert.Equal(["Pod shop/shop-store-1  Pulled: Container image is there"], said.Details);

        api.Sends(Deployments, "MODIFIED", Deployment(2));
        await waiting;
    }

    [Fact]
    public async Task A_failed_roll_out_is_explained_by_its_pods_events_and_logs()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(0)));
        api.Plays(Pods, PlayedApi.List("""
            { "metadata": { "name": "shop-store-1", "namespace": "shop" }, "spec": { "nodeName": "node-a", "containers": [] },
              "status": { "phase": "Running", "conditions": [{ "type": "Ready", "status": "False" }], "containerStatuses": [{ "name": "store", "ready": false,
                "restartCount": 4, "image": "", "imageID": "", "state": { "waiting": { "reason": "CrashLoopBackOff", "message": "back-off 40s" } },
                "lastState": { "terminated": { "exitCode": 139, "reason": "Error" } } }] } }
            """));
        api.Plays($"{Pods}/shop-store-1/log", "Unhandled exception: TABLES_PARTS is missing\n");
        api.Sends(Events, "ADDED", Event("Warning", "BackOff", "Back-off restarting failed container"));
        var waiting = WaitAsync();
        await SaidAsync(() => said.Notices, "BackOff");
        api.Sends(Deployments, "MODIFIED", Deployment(0, conditions:
            """{ "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "ReplicaSet shop-store-5d has timed out" }"""));

        var failure = await Assert.ThrowsAsync<PlatformException>(() => waiting);

        Assert.Equal("Deployment shop/shop-store did not roll out: ProgressDeadlineExceeded: ReplicaSet shop-store-5d has timed out.", failure.Message);
        Assert.Equal(
            """
            Pod shop/shop-store-1: Running, not ready on node-a
              container store: waiting, CrashLoopBackOff: back-off 40s; restarted 4 times; before, it ended with exit code 139, Error
            Warning  Pod shop/shop-store-1  BackOff: Back-off restarting failed container
            last log lines of shop-store-1, store:
              Unhandled exception: TABLES_PARTS is missing
            """,
            failure.Log);
        Assert.Contains("kubectl --namespace shop describe deployment shop-store", failure.Remedy, StringComparison.Ordinal);
        // It waits, so its last run has the log.
        Assert.Contains(api.Asked, one => one.Contains("/log?", StringComparison.Ordinal) && one.Contains("previous=true", StringComparison.Ordinal));
        Assert.Contains(api.Asked, one => one.Contains("labelSelector=app%3Dstore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_deadline_it_says_what_was_still_waited_for_and_what_an_image_needs()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(2), Deployment(1, name: "shop-front")));
        api.Plays(Pods, PlayedApi.List("""
            { "metadata": { "name": "shop-front-1", "namespace": "shop" }, "spec": { "containers": [] }, "status": { "phase": "Pending",
                "containerStatuses": [{ "name": "front", "ready": false, "restartCount": 0, "image": "", "imageID": "",
                  "state": { "waiting": { "reason": "ImagePullBackOff" } } }] } }
            """));
        var progress = new List<string>();
        var waiting = WaitAsync(line => { lock (progress) { progress.Add(line); } }, "shop-store", "shop-front");
        await SaidAsync(() => { lock (progress) { return [.. progress]; } }, "1 of 2 to come, Deployment shop/shop-front");

        clock.Advance(TimeSpan.FromMinutes(5));

        var failure = await Assert.ThrowsAsync<PlatformException>(() => waiting);
        Assert.Equal("Deployment shop/shop-front did not roll out: after 300 s 1 of 2 pods are available.", failure.Message);
        Assert.Contains("cannot get the image", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_is_deleted_meanwhile_has_failed()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(1)));
        api.Sends(Deployments, "DELETED", Deployment(1));

        Assert.Contains("it was deleted", (await Assert.ThrowsAsync<PlatformException>(() => WaitAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_vanished_between_two_watches_has_failed()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(1)), PlayedApi.List());
        api.Ends(Deployments);

        Assert.Contains("it was deleted", (await Assert.ThrowsAsync<PlatformException>(() => WaitAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_list_is_told_so()
    {
        api.Plays(Deployments, (403, PlayedApi.Status(403, "Forbidden", "deployments.apps is forbidden")));

        var refused = await Assert.ThrowsAsync<PlatformException>(() => WaitAsync());

        Assert.Contains("be allowed to list and watch", refused.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Forbidden", refused.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_ends_it()
    {
        api.Plays(Deployments, PlayedApi.List(Deployment(0)));
        using var interrupted = new CancellationTokenSource();
        using var client = api.Client();
        await using var events = await EventFollower.StartAsync(client, ["shop"], said, Stop);
        var waiting = new RolloutWatch(client, events, TimeSpan.FromMinutes(5), clock)
            .WaitAsync([new WantedRollout("Deployment", "shop", "shop-store")], _ => { }, interrupted.Token);
        await AskedAsync($"GET {Deployments}?", 1);

        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
