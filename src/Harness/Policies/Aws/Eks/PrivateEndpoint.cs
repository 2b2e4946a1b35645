using System.Text.Json.Nodes;

namespace Causeway.Harness.Policies.Aws.Eks;

internal sealed class PrivateEndpoint() : ResourcePolicy(
    "EKS-1",
    "An API that the whole internet reaches is open to everyone who has a token or finds a fault in it.",
    ["CKV_AWS_38", "CKV_AWS_39", "AWS-0040", "AWS-0041"],
    ["aws_eks_cluster"])
{
    private const string Network = "vpc_config";

    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        subject.IsOn("its API cannot be reached from inside the network", Network, "0", "endpoint_private_access"), Public(subject));

    // Left out, the endpoint is public, and open to all addresses.
    private static Verdict Public(Subject cluster) => cluster.Value(Network, "0", "endpoint_public_access") switch
    {
        { IsKnown: false } when cluster.References.IsConfigured(cluster.Resource, [Network, "0", "endpoint_public_access"]) =>
            Verdict.Unknown("endpoint_public_access"),
        { IsKnown: true, Value: JsonValue value } when value.TryGetValue<bool>(out var isPublic) && !isPublic => Verdict.Pass,
        _ => Addresses(cluster),
    };

    private static Verdict Addresses(Subject cluster) => cluster.Value(Network, "0", "public_access_cidrs") switch
    {
        { IsKnown: false } when cluster.References.IsConfigured(cluster.Resource, [Network, "0", "public_access_cidrs"]) =>
            Verdict.Unknown("public_access_cidrs"),
        { Value: JsonArray { Count: > 0 } ranges } => PlanTree.Texts(ranges).ToArray() switch
        {
            var texts when texts.Any(range => range?.EndsWith("/0", StringComparison.Ordinal) is true) => Everywhere,
            var texts when texts.Contains(null) => Verdict.Unknown("public_access_cidrs"),
            _ => Verdict.Pass,
        },
        _ => Everywhere,
    };

    private static Verdict Everywhere { get; } = Verdict.Fail("its API can be reached from every address of the internet");
}
