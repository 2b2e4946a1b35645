using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Aws.Network;

/// <summary>One rule of a security group, whichever resource states it.</summary>
/// <param name="IsIngress">Whether it lets in; false: out; null: not known.</param>
/// <param name="IsFromAnywhere">Whether the other side is the internet; null: not known.</param>
/// <param name="IsEverything">Every port.</param>
/// <param name="Ports">Null where they are not known.</param>
/// <param name="Description">Null where it is not known.</param>
internal sealed record SecurityRule(bool? IsIngress, bool? IsFromAnywhere, bool IsEverything, (int From, int To)? Ports, string? Description)
{
    public static string[] Types { get; } =
        ["aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

    // The widest private ranges are 10.0.0.0/8 and fd00::/8.
    private const int Widest = 8;

    public static IEnumerable<SecurityRule> Of(Subject subject) => subject.Resource.Type switch
    {
        "aws_security_group" => [.. Inline(subject, "ingress", isIngress: true), .. Inline(subject, "egress", isIngress: false)],
        "aws_vpc_security_group_ingress_rule" => [Single(subject, isIngress: true)],
        "aws_vpc_security_group_egress_rule" => [Single(subject, isIngress: false)],
        _ => [Read(subject.Resource.After, subject.Resource.AfterUnknown, Direction(subject), "cidr_blocks", "ipv6_cidr_blocks", "protocol")],
    };

    private static bool? Direction(Subject subject) => subject.Value("type") is { IsKnown: true, Value: { } type } ? (string?)type is "ingress" : null;

    private static SecurityRule Single(Subject subject, bool isIngress)
    {
        var rule = Read(subject.Resource.After, subject.Resource.AfterUnknown, isIngress, "cidr_ipv4", "cidr_ipv6", "ip_protocol");
        ResourceChange[] sources = [.. subject.Referred("cidr_ipv4"), .. subject.Referred("cidr_ipv6")];

        // The range of a network is not known yet; that it is not the whole internet is.
        return rule.IsFromAnywhere is null && sources is not [] && sources.All(source => source.Type is "aws_vpc" or "aws_subnet")
            ? rule with { IsFromAnywhere = false }
            : rule;
    }

    // Rules within the group. A group whose rules are resources of their own leaves the attribute out, and Terraform does not know it then.
    private static IEnumerable<SecurityRule> Inline(Subject subject, string name, bool isIngress) =>
        subject.Resource.After?[name] is not JsonArray rules
            ? subject.HasExpression(name) ? [new(isIngress, null, false, null, null)] : []
            : rules.Select((rule, at) => Read(
                rule,
                PlanTree.Item(subject.Resource.AfterUnknown?[name], at),
                isIngress,
                "cidr_blocks",
                "ipv6_cidr_blocks",
                "protocol"));

    private static SecurityRule Read(JsonNode? rule, JsonNode? unknown, bool? isIngress, string ipv4, string ipv6, string protocol)
    {
        bool IsUnknown(string name) => PlanTree.HasUnknown(unknown?[name]);
        bool? anywhere = PlanTree.Texts(rule?[ipv4]).Concat(PlanTree.Texts(rule?[ipv6])).OfType<string>().Any(IsAnywhere) ? true
            : IsUnknown(ipv4) || IsUnknown(ipv6) ? null
            : false;
        (int From, int To)? ports = (string?)rule?[protocol] is "-1" or "all" ? (0, 65535)
            : IsUnknown("from_port") || IsUnknown("to_port") || IsUnknown(protocol) ? null
            : ((int?)rule?["from_port"] ?? 0, (int?)rule?["to_port"] ?? 65535);

        return new(isIngress, anywhere, ports is { From: <= 1, To: 65535 }, ports, IsUnknown("description") ? null : (string?)rule?["description"] ?? "");
    }

    // Halves of the internet are the internet too: what is wider than any private range.
    private static bool IsAnywhere(string range) => range.Split('/') is [_, var length] && int.TryParse(length, out var bits) && bits < Widest;
}
