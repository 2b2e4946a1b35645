namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class Privileges() : ResourcePolicy(
    "ECS-1",
    "A container with the machine's privileges or processes is not contained.",
    ["CKV_AWS_334", "CKV_AWS_335"],
    Containers.Types)
{
    public override Verdict Judge(Subject subject) => Verdict.WorstOf(
        subject.Value("pid_mode") is { IsKnown: true, Value: { } mode } && (string?)mode is "host"
            ? Verdict.Fail("it sees the machine's processes")
            : Verdict.Pass,
        Containers.Each(subject, container =>
            (bool?)container["privileged"] is true ? Verdict.Fail($"container {container["name"]} is privileged") : Verdict.Pass));
}
