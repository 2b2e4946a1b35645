using Causeway.Provider.ComputedValues;
using Causeway.Provider.ComputedValues.Aws;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// The network that every account has in every region before anything is made: <c>172.31.0.0/16</c>, a public subnet for each zone, and what belongs to a
/// network. It is never in the cloud's file; data
/// sources find it when nothing that was made fits. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
/// </summary>
internal static class DefaultNetwork
{
    public static IReadOnlyCollection<CloudResource> Of(string account, string region, string partition)
    {
        var zones = Region.Find(region)?.Zones ?? [];
        var vpc = Id("vpc");
        var (group, table, acl) = (Id("sg"), Id("rtb"), Id("acl"));

        return
        [
            Made(
                "aws_vpc",
                vpc,
                "vpc",
                ("cidr_block", Value.Of("172.31.0.0/16")),
                ("default", Value.Of(true)),
                ("is_default", Value.Of(true)),
                ("instance_tenancy", Value.Of("default")),
                ("enable_dns_support", Value.Of(true)),
                ("enable_dns_hostnames", Value.Of(true)),
                ("main_route_table_id", Value.Of(table)),
                ("default_security_group_id", Value.Of(group)),
                ("default_network_acl_id", Value.Of(acl)),
                ("dhcp_options_id", Value.Of(Id("dopt"))),
                ("state", Value.Of("available")),
                ("isDefault", Value.Of(true))),
            Made(
                "aws_security_group",
                group,
                "security-group",
                ("name", Value.Of("default")),
                ("group_name", Value.Of("default")),
                ("description", Value.Of("default VPC security group")),
                ("vpc_id", Value.Of(vpc))),
            Made(
                "aws_vpc_dhcp_options",
                Id("dopt"),
                "dhcp-options",
                ("dhcp_options_id", Value.Of(Id("dopt"))),
                ("domain_name_servers", Value.List(["AmazonProvidedDNS"])),
                ("domain_name", Value.Of(region is "us-east-1" ? "ec2.internal" : $"{region}.compute.internal"))),
            Made("aws_route_table", table, "route-table", ("vpc_id", Value.Of(vpc)), ("route_table_id", Value.Of(table)), ("association.main", Value.Of(true))),
            Made("aws_network_acl", acl, "network-acl", ("vpc_id", Value.Of(vpc)), ("default", Value.Of(true))),
            Made(
                "aws_internet_gateway",
                Id("igw"),
                "internet-gateway",
                ("vpc_id", Value.Of(vpc)),
                ("attachment.vpc_id", Value.Of(vpc)),
                ("internet_gateway_id", Value.Of(Id("igw")))),
            .. zones.Select(
                (zone, position) => Made(
                    "aws_subnet",
                    Id($"subnet-{zone.Name}", "subnet"),
                    "subnet",
                    ("vpc_id", Value.Of(vpc)),
                    ("cidr_block", Value.Of($"172.31.{16 * position}.0/20")),
                ("availability_zone", Value.Of(zone.Name)), ("availability_zone_id", Value.Of(zone.Id)), ("default_for_az", Value.Of(true)), (
                    "map_public_ip_on_launch", Value.Of(true)),
                ("assign_ipv6_address_on_creation", Value.Of(false)), ("available_ip_address_count", Value.Of(4091)), ("state", Value.Of("available")))),
        ];

        string Id(string what, string? kind = null) => $"{kind ?? what}-0{Derived.Hex(16, "default network", account, region, what)}";

        CloudResource Made(string type, string id, string kind, params ReadOnlySpan<(string, Value)> values)
        {
            var arn = $"arn:{partition}:ec2:{region}:{account}:{kind}/{id}";
            (string, Value)[] common = [
                ("id", Value.Of(id)), ("arn", Value.Of(arn)), ("owner_id", Value.Of(account)), ("region", Value.Of(region)), ("tags", Value.Object())
            ];

            return new($"default {id}", "", type, account, region, Value.Object([.. common, .. values]), [id, arn]);
        }
    }
}
