using System.Globalization;

namespace Causeway.Harness.Policies.Aws.Eks;

internal sealed class SupportedVersion() : ResourcePolicy(
    "EKS-3",
    "A version that has left standard support costs several times as much, and soon gets no patches at all.",
    ["CKV_AWS_339"],
    ["aws_eks_cluster"])
{
    // The oldest in standard support from 2026-12-02, until 2027-03-27: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
    private const int Oldest = 35;

    public override Verdict Judge(Subject subject) => subject.Value("version") switch
    {
        { IsKnown: false } when subject.HasExpression("version") => Verdict.Unknown("version"),
        { IsKnown: true, Value: { } version } when Minor((string?)version) is { } minor => minor >= Oldest
            ? Verdict.Pass
            : Verdict.Fail($"its version is {version}, and 1.{Oldest} is the oldest in standard support"),
        _ => Verdict.Fail("it names no version, so that the day of the first apply decides"),
    };

    private static int? Minor(string? version) =>
        version?.Split('.') is ["1", var minor] && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
