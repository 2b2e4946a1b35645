using Causeway.Harness.Clusters;
using k8s;
using k8s.Models;

namespace Causeway.Offline.Clusters;

/// <summary>Whether something has rolled out is read from its status, as its controller reports it.</summary>
public sealed class RolloutTests
{
    private const string Progressing = "{ type: Progressing, status: 'True', reason: ReplicaSetUpdated }";

    private static RolloutVerdict Verdict(string yaml) =>
        Rollout.Of((IKubernetesObject<V1ObjectMeta>)KubernetesYaml.LoadAllFromString(yaml, strict: true).Single());

    private static string Deployment(string status, string spec = "replicas: 2", int generation = 3) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: store, namespace: shop, generation: {{generation}} }
        spec: { {{spec}}, selector: { matchLabels: { app: store } }, template: {} }
        status: { {{status}} }
        """;

    [Theory]
    [InlineData("observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2", "its controller has not seen this version yet")]
    [InlineData("observedGeneration: 3, replicas: 2, updatedReplicas: 1, availableReplicas: 2", "1 of 2 pods are of the new version")]
    [InlineData("observedGeneration: 3, replicas: 3, updatedReplicas: 2, availableReplicas: 3", "1 pods of the old version are still there")]
    [InlineData("observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 1", "1 of 2 pods are available")]
    [InlineData("observedGeneration: 3, replicas: 2, updatedReplicas: 2", "0 of 2 pods are available")]
    [InlineData("", "its controller has not seen this version yet")]
    public void A_Deployment_waits_for(string status, string reason) =>
        Assert.Equal(new RolloutVerdict(RolloutState.Waiting, reason), Verdict(Deployment(status)));

    [Fact]
    public void A_Deployment_is_complete_when_all_its_pods_are_new_and_available() =>
        Assert.Equal(
            RolloutState.Complete,
            Verdict(Deployment($"observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2, conditions: [{Progressing}]")).State);

    [Fact]
    public void A_Deployment_without_replicas_is_complete_with_one_pod_and_one_of_zero_with_none()
    {
        Assert.Equal(
            RolloutState.Complete, Verdict(Deployment("observedGeneration: 3, replicas: 1, updatedReplicas: 1, availableReplicas: 1", "paused: false")).State);
        Assert.Equal(RolloutState.Complete, Verdict(Deployment("observedGeneration: 3", "replicas: 0")).State);
    }

    [Fact]
    public void A_Deployment_has_failed_when_its_progress_deadline_is_exceeded()
    {
        var exceeded = "observedGeneration: 3, replicas: 2, updatedReplicas: 1, conditions: " +
            "[{ type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: ReplicaSet store-1 has timed out progressing. }]";

        Assert.Equal(
            new RolloutVerdict(RolloutState.Failed, "ProgressDeadlineExceeded: ReplicaSet store-1 has timed out progressing."), Verdict(Deployment(exceeded)));
        // The same words about the version before say nothing of this one.
        Assert.Equal(RolloutState.Waiting, Verdict(Deployment(exceeded, generation: 4)).State);
    }

    [Fact]
    public void A_Deployment_whose_pods_are_refused_says_why() =>
        Assert.Contains(
            "FailedCreate: violates PodSecurity",
            Verdict(Deployment(
                "observedGeneration: 3, conditions: [{ type: ReplicaFailure, status: 'True', reason: FailedCreate, message: violates PodSecurity }]")).Reason,
            StringComparison.Ordinal);

    [Fact]
    public void A_paused_Deployment_waits() =>
        Assert.Contains("paused", Verdict(Deployment("observedGeneration: 3", "paused: true")).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("observedGeneration: 1, replicas: 3, readyReplicas: 2, updatedReplicas: 3, currentRevision: b, updateRevision: b", "", RolloutState.Waiting)]
    [InlineData("observedGeneration: 1, replicas: 3, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b", "", RolloutState.Waiting)]
    [InlineData("observedGeneration: 1, replicas: 3, readyReplicas: 3, updatedReplicas: 3, currentRevision: b, updateRevision: b", "", RolloutState.Complete)]
    [InlineData("observedGeneration: 0, replicas: 3, readyReplicas: 3, updatedReplicas: 3, currentRevision: b, updateRevision: b", "", RolloutState.Waiting)]
    [InlineData(
        "observedGeneration: 1, replicas: 3, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b",
        "updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 2 } },", RolloutState.Complete)]
    [InlineData(
        "observedGeneration: 1, replicas: 3, readyReplicas: 3, updatedReplicas: 0, currentRevision: a, updateRevision: b",
        "updateStrategy: { type: OnDelete },", RolloutState.Complete)]
    public void A_StatefulSet_is_judged_by_its_revisions_and_ready_pods(string status, string strategy, RolloutState state) =>
        Assert.Equal(state, Verdict($$"""
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: { name: store, generation: 1 }
            spec: { replicas: 3, serviceName: store, {{strategy}} selector: {}, template: {} }
            status: { {{status}} }
            """).State);

    [Theory]
    [InlineData("observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2", RolloutState.Waiting)]
    [InlineData("observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1", RolloutState.Waiting)]
    [InlineData("observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2", RolloutState.Complete)]
    public void A_DaemonSet_is_judged_by_its_nodes(string status, RolloutState state) =>
        Assert.Equal(state, Verdict($$"""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: { name: agent, generation: 1 }
            spec: { selector: {}, template: {} }
            status: { currentNumberScheduled: 2, numberMisscheduled: 0, numberReady: 2, {{status}} }
            """).State);

    [Theory]
    [InlineData("active: 1, failed: 2", RolloutState.Waiting, "0 of 1 pods have succeeded, 2 have failed")]
    [InlineData("succeeded: 1, conditions: [{ type: Complete, status: 'True' }]", RolloutState.Complete, "it is done")]
    [InlineData(
        "failed: 4, conditions: [{ type: Failed, status: 'True', reason: BackoffLimitExceeded, message: too many }]",
        RolloutState.Failed, "BackoffLimitExceeded: too many")]
    [InlineData("conditions: [{ type: Complete, status: 'False' }]", RolloutState.Waiting, "0 of 1 pods have succeeded, 0 have failed")]
    public void A_Job_is_judged_by_its_conditions(string status, RolloutState state, string reason) =>
        Assert.Equal(new RolloutVerdict(state, reason), Verdict($$"""
            apiVersion: batch/v1
            kind: Job
            metadata: { name: migrate }
            spec: { template: {} }
            status: { {{status}} }
            """));

    [Fact]
    public void Every_kind_that_is_waited_for_is_judged_and_no_other()
    {
        IKubernetesObject<V1ObjectMeta>[] of =
        [
            new V1Deployment { Spec = new V1DeploymentSpec() }, new V1StatefulSet { Spec = new V1StatefulSetSpec() },
            new V1DaemonSet { Spec = new V1DaemonSetSpec() }, new V1Job { Spec = new V1JobSpec() },
        ];

        Assert.Equal(Rollout.Kinds, of.Select(item => item.GetType().Name["V1".Length..]));
        Assert.All(of, item =>
        {
            item.Metadata = new V1ObjectMeta { Generation = 1 };
            Assert.Equal(RolloutState.Waiting, Rollout.Of(item).State);
        });
        Assert.Throws<ArgumentException>(() => Rollout.Of(new V1Pod()));
    }
}
