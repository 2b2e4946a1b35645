using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Eks;

internal sealed class LogsAndSecrets() : ResourcePolicy(
    "EKS-2",
    "Without all logs of the control plane it cannot be told who did what; without a key of its own, secrets are read by who has a copy of the store.",
    ["CKV_AWS_37", "CKV_AWS_58", "AWS-0038", "AWS-0039"],
    ["aws_eks_cluster"])
{
    private static readonly string[] Logged = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

    public override Verdict Judge(Subject subject) => Verdict.WorstOf(Logs(subject), Secrets(subject));

    private static Verdict Logs(Subject cluster) => cluster.Value("enabled_cluster_log_types") switch
    {
        { IsKnown: false } when !cluster.IsAbsent("enabled_cluster_log_types") => Verdict.Unknown("enabled_cluster_log_types"),
        { Value: JsonArray types } when PlanTree.Texts(types).Contains(null) => Verdict.Unknown("enabled_cluster_log_types"),
        { Value: JsonArray types } when Logged.Except(PlanTree.Texts(types)).ToArray() is not [] and var missing =>
            Verdict.Fail($"it does not log {string.Join(", ", missing)}"),
        { Value: JsonArray } => Verdict.Pass,
        _ => Verdict.Fail("it logs nothing"),
    };

    private static Verdict Secrets(Subject cluster) => cluster.Blocks("encryption_config") switch
    {
        null => Verdict.Unknown("encryption_config"),
        [] => Verdict.Fail("its secrets are not encrypted with a key of this account"),
        _ => cluster.HasKey("its secrets are not encrypted with a key of this account", "encryption_config", "0", "provider", "0", "key_arn"),
    };
}
