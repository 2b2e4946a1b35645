namespace Causeway.Harness.Policies.Aws.Eks;

internal sealed class SupportedVersion() : ResourcePolicy(
    "EKS-3",
    "A version that has left standard support costs several times as much, and soon gets no patches at all.",
    ["CKV_AWS_339"],
    ["aws_eks_cluster"])
{
    // The last day of standard support, as of 2026-11-30: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
    private static readonly Dictionary<string, DateOnly> LastDays = new()
    {
        ["1.33"] = new(2026, 7, 29),
        ["1.34"] = new(2026, 12, 2),
        ["1.35"] = new(2027, 3, 27),
        ["1.36"] = new(2027, 8, 2),
    };

    public override Verdict Judge(Subject subject) => subject.Value("version") switch
    {
        { IsKnown: false } when subject.HasExpression("version") => Verdict.Unknown("version"),
        { IsKnown: true, Value: { } version } => OfVersion((string?)version ?? "", subject.Today),
        _ => Verdict.Fail("it names no version, so that the day of the first apply decides"),
    };

    private static Verdict OfVersion(string version, DateOnly today) =>
        !LastDays.TryGetValue(version, out var last)
            ? Verdict.Fail($"{nameof(SupportedVersion)}.cs does not say when standard support of its version {version} ends: name another, or add it there")
        : today > last ? Verdict.Fail($"its version is {version}, whose standard support ended on {last:yyyy-MM-dd}")
        : Verdict.Pass;
}
