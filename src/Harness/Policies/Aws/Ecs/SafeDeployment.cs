namespace Causeway.Harness.Policies.Aws.Ecs;

internal sealed class SafeDeployment() : ResourcePolicy(
    "ECS-5",
    "A deployment that fails takes the service down unless it stops by itself and the old tasks stay.",
    [],
    ["aws_ecs_service"])
{
    public override Verdict Judge(Subject subject) =>
        subject.Value("scheduling_strategy") is { IsKnown: true, Value: { } strategy } && (string?)strategy is "DAEMON"
            ? Breaker(subject)
            : Verdict.WorstOf(Breaker(subject), Healthy(subject));

    private static Verdict Breaker(Subject service) => service.Blocks("deployment_circuit_breaker") switch
    {
        null => Verdict.Unknown("deployment_circuit_breaker"),
        [] => Verdict.Fail("it has no deployment_circuit_breaker block"),
        _ => Verdict.WorstOf(
            service.IsOn("its circuit breaker is off", "deployment_circuit_breaker", "0", "enable"),
            service.IsOn("its circuit breaker does not roll back", "deployment_circuit_breaker", "0", "rollback")),
    };

    // 100 is what ECS takes where nothing is said.
    private static Verdict Healthy(Subject service) => service.Value("deployment_minimum_healthy_percent") switch
    {
        { IsKnown: false } when service.IsAbsent("deployment_minimum_healthy_percent") => Verdict.Pass,
        { IsKnown: false } => Verdict.Unknown("deployment_minimum_healthy_percent"),
        { Value: { } percent } when (int)percent >= 100 => Verdict.Pass,
        var less => Verdict.Fail($"a deployment may leave {less.Value} % of the tasks"),
    };
}
