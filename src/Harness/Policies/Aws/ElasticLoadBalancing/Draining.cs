using System.Globalization;

namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

internal sealed class Draining() : ResourcePolicy(
    "ALB-3",
    "A target that is not checked gets requests that it cannot answer; one that leaves before its last request is done loses it.",
    ["CKV_AWS_261"],
    ["aws_lb_target_group"])
{
    // What a request may take where the plan does not say it: the default of the module ecs-service.
    private const int LongestRequest = 15;

    public override Verdict Judge(Subject subject) =>
        subject.Value("target_type") is { IsKnown: true, Value: { } type } && (string?)type is "lambda"
            ? Verdict.Pass
            : Verdict.WorstOf(Check(subject), Delay(subject));

    private static Verdict Check(Subject group) => group.Blocks("health_check") switch
    {
        null => Verdict.Unknown("health_check"),
        [] => Verdict.Fail("nothing is said of its health check: add a health_check block"),
        _ => Verdict.WorstOf(group.IsOn("its health check is off", "health_check", "0", "enabled"), Path(group)),
    };

    // Of a protocol without paths it has none.
    private static Verdict Path(Subject group) =>
        group.Value("protocol") is { IsKnown: true, Value: { } protocol } && (string?)protocol is not ("HTTP" or "HTTPS") ? Verdict.Pass
        : group.Value("health_check", "0", "path") switch
        {
            { IsKnown: true, Value: not null } => Verdict.Pass,
            _ => group.References.IsConfigured(group.Resource, ["health_check", "0", "path"])
                ? Verdict.Unknown("the path of its health check")
                : Verdict.Fail("its health check asks for /, which may say nothing of the service: name a path"),
        };

    private static Verdict Delay(Subject group)
    {
        // A text in the provider's schema.
        if (group.Value("deregistration_delay") is not { IsKnown: true, Value: { } value })
        {
            return Verdict.Unknown("deregistration_delay");
        }

        var delay = double.Parse($"{value}", CultureInfo.InvariantCulture);
        var longest = Longest(group);

        return delay >= longest ? Verdict.Pass : Verdict.Fail($"a target leaves after {delay} s, and a request may take {longest} s");
    }

    // The timeout that Service Connect enforces on a service in this target group. 0: it enforces none.
    private static int Longest(Subject group) => group.ReferredBy("aws_ecs_service", "load_balancer")
        .SelectMany(service => (service.Blocks("service_connect_configuration") ?? [])
            .SelectMany((_, at) => Enumerable.Range(0, 8).Select(
                number => service.Value("service_connect_configuration", $"{at}", "service", $"{number}", "timeout", "0", "per_request_timeout_seconds"))))
        .Select(timeout => timeout is { IsKnown: true, Value: { } seconds } ? (int)seconds : 0)
        .Where(seconds => seconds > 0)
        .DefaultIfEmpty(LongestRequest)
        .Max();
}
