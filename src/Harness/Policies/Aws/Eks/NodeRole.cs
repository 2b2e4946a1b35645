namespace Causeway.Harness.Policies.Aws.Eks;

internal sealed class NodeRole() : ResourcePolicy(
    "EKS-4",
    "What a node may do, every container on it may do that reaches the node's credentials: workloads have roles of their own.",
    [],
    ["aws_eks_node_group"])
{
    // What makes an instance a node. Addresses for pods are the add-on's to ask for.
    private static readonly string[] OfNodes =
    [
        "AmazonEKSWorkerNodePolicy", "AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryReadOnly",
        "AmazonSSMManagedInstanceCore",
    ];

    public override Verdict Judge(Subject subject)
    {
        var roles = subject.Referred("node_role_arn").Where(referred => referred.Type is "aws_iam_role").ToArray();

        return roles is [] ? Verdict.Unknown("node_role_arn") : Verdict.WorstOf(roles.Select(role => OfRole(subject.Beside(role))));
    }

    private static Verdict OfRole(Subject role) => Verdict.WorstOf(
    [
        .. role.ReferredBy("aws_iam_role_policy", "role").Select(policy => Verdict.Fail($"its nodes' role may do what {policy.Resource.Address} says")),
        .. role.ReferredBy("aws_iam_role_policy_attachment", "role").Select(Attached),
    ]);

    private static Verdict Attached(Subject attachment) => attachment.Value("policy_arn") switch
    {
        { IsKnown: false } => Verdict.Unknown($"policy_arn of {attachment.Resource.Address}"),
        { Value: { } arn } when OfNodes.Contains(((string?)arn)?.Split('/')[^1]) => Verdict.Pass,
        var other => Verdict.Fail($"its nodes' role has the policy {other.Value}"),
    };
}
