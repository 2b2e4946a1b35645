namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class ReadOnlyRoot() : ResourcePolicy(
    "ECS-2",
    "What can write to its own image can be made another program.",
    ["CKV_AWS_336"],
    Containers.Types)
{
    public override Verdict Judge(Subject subject) => Containers.Each(subject, container =>
        (bool?)container["readonlyRootFilesystem"] is true ? Verdict.Pass : Verdict.Fail($"container {container["name"]} may write to its root"));
}
