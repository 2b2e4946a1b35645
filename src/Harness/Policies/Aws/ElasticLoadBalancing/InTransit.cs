using System.Text.RegularExpressions;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Aws.ElasticLoadBalancing;

internal sealed partial class InTransit() : ResourcePolicy(
    "ALB-1",
    "What clients send is read or changed on the way; a request that two programs read differently gets past the checks of the first.",
    ["CKV_AWS_103", "CKV_AWS_131", "CKV_AWS_328", "CKV2_AWS_20", "AWS-0047", "AWS-0052", "AWS-0054"],
    ["aws_lb", "aws_lb_listener"])
{
    public override Verdict Judge(Subject subject) => subject.Resource.Type is "aws_lb" ? Balancer(subject) : Listener(subject);

    private static Verdict Balancer(Subject balancer) => LoadBalancers.IsApplication(balancer) switch
    {
        null => Verdict.Unknown("load_balancer_type"),
        false => Verdict.Pass,
        true => Verdict.WorstOf(balancer.IsOn("it passes on headers that are not valid", "drop_invalid_header_fields"), Desync(balancer)),
    };

    private static Verdict Desync(Subject balancer) => balancer.Value("desync_mitigation_mode") switch
    {
        { IsKnown: false } => Verdict.Unknown("desync_mitigation_mode"),
        { Value: { } mode } when (string?)mode is "defensive" or "strictest" => Verdict.Pass,
        var other => Verdict.Fail($"its desync_mitigation_mode is {other.Value}, which lets ambiguous requests through"),
    };

    // A gateway's listener has no protocol.
    private static Verdict Listener(Subject listener) => listener.Value("protocol") switch
    {
        { IsKnown: false } => listener.HasExpression("protocol") ? Verdict.Unknown("protocol") : Verdict.Pass,
        { Value: { } protocol } => (string?)protocol switch
        {
            "HTTPS" or "TLS" => Ciphers(listener),
            "HTTP" => Redirect(listener),
            _ => Verdict.Pass,
        },
        _ => Verdict.Pass,
    };

    private static Verdict Ciphers(Subject listener) => listener.Value("ssl_policy") switch
    {
        { IsKnown: false } when listener.HasExpression("ssl_policy") => Verdict.Unknown("ssl_policy"),
        { Value: { } policy } when Modern().IsMatch((string?)policy ?? "") => Verdict.Pass,
        { Value: { } policy } => Verdict.Fail($"{policy} allows TLS older than 1.2"),
        _ => Verdict.Fail("without an ssl_policy it takes TLS 1.0"),
    };

    private static Verdict Redirect(Subject listener)
    {
        if (listener.Blocks("default_action") is not { } actions)
        {
            return Verdict.Unknown("default_action");
        }

        return Verdict.WorstOf(actions.Select((_, at) => listener.Value("default_action", $"{at}", "type") switch
        {
            { IsKnown: false } => Verdict.Unknown("the type of its default action"),
            { Value: { } type } when (string?)type is "redirect" => Target(listener.Value("default_action", $"{at}", "redirect", "0", "protocol")),
            _ => Verdict.Fail("it answers without TLS"),
        }));
    }

    private static Verdict Target(PlannedValue protocol) => protocol switch
    {
        { IsKnown: false } => Verdict.Unknown("the protocol of a redirect"),
        { Value: { } value } when (string?)value is "HTTPS" => Verdict.Pass,
        _ => Verdict.Fail("it redirects to what is not HTTPS"),
    };

    // Names: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
    [GeneratedRegex("^ELBSecurityPolicy-(TLS13|TLS|FS)-1-[23]-")]
    private static partial Regex Modern();
}
