using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>AWS's services: their names, principals and endpoints.</summary>
internal static class ServiceValues
{
    public static Value Service(Value config, ProviderContext context)
    {
        var reverse = config["reverse_dns_name"].Given()?.Split('.') ?? config["dns_name"].Given()?.Split('.').Reverse().ToArray();

        if (reverse is { Length: < 4 })
        {
            var isReverse = config["reverse_dns_name"].Given() is not null;

            throw new RefusalException(
                $"{(isReverse ? "reverse " : "")}service DNS names must have at least 4 parts",
                $"{string.Join('.', isReverse ? reverse : reverse.Reverse())} has {reverse.Length}");
        }

        var region = reverse?[^2] ?? Region.NameOf(config, context);
        var id = reverse?[^1] ?? config["service_id"].Given() ?? throw new RefusalException("service ID not provided directly or through a DNS name");
        var prefix = reverse is null ? config["reverse_dns_prefix"].Given() ?? RegionValues.ReverseDnsPrefix(context) : string.Join('.', reverse[..^2]);
        var name = $"{prefix}.{region}.{id}";

        return Value.Object(
            ("id", Value.Of(name)),
            ("dns_name", Value.Of(string.Join('.', name.Split('.').Reverse()).ToLowerInvariant())),
            ("partition", Region.Find(region) is { } known ? Value.Of(known.Partition) : Value.Null),
            ("region", Value.Of(region)),
            ("reverse_dns_name", Value.Of(name)),
            ("reverse_dns_prefix", Value.Of(prefix)),
            ("service_id", Value.Of(id)),
            ("supported", Value.Of(Region.Find(region) is not null)));
    }

    public static Value Principal(Value config, ProviderContext context)
    {
        var service = config["service_name"].AsText ?? "";
        var region = Region.Of(config, context);
        var suffix = (region.Partition, service) is ("aws-cn", "codedeploy" or "elasticmapreduce" or "logs") ? "amazonaws.com.cn" : "amazonaws.com";

        return Value.Object(
            ("id", Value.Of($"{service}.{region.Name}.{suffix}")),
            ("name", Value.Of($"{service}.{suffix}")),
            ("suffix", Value.Of(suffix)),
            ("region", Value.Of(region.Name)));
    }

    /// <summary>
    /// AWS's own services for VPC endpoints; those that an account offers (<c>com.amazonaws.vpce.…</c>) are the cloud's.
    /// Which zones a service is in, and which services there are, is taken for granted.
    /// </summary>
    public static Value? EndpointService(Value config, ProviderContext context)
    {
        var region = Region.Of(config, context);
        var name = config["service_name"].Given()
            ?? (config["service"].Given() is { } service ? $"com.amazonaws.{region.Name}.{service}" : Filters.First(config, "service-name"));
        var prefix = (string[])[$"com.amazonaws.{region.Name}.", $"cn.com.amazonaws.{region.Name}.", $"aws.api.{region.Name}.", "com.amazonaws.s3-global."];

        if (name is null
            || name.StartsWith("com.amazonaws.vpce.", StringComparison.Ordinal)
            || !prefix.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
        {
            return null;
        }

        var id = name[prefix.First(start => name.StartsWith(start, StringComparison.Ordinal)).Length..];
        var hasGateway = id is "s3" or "dynamodb";
        var wanted = config["service_type"].Given() ?? Filters.First(config, "service-type");
        var type = wanted ?? (hasGateway
            ? throw new RefusalException(
                "multiple EC2 VPC Endpoint Services matched; use additional constraints to reduce matches to a single EC2 VPC Endpoint Service",
                $"{name} is there as a Gateway and as an Interface: set service_type.")
            : "Interface");

        if (type is not "Interface" && !(type is "Gateway" && hasGateway))
        {
            throw new RefusalException("no matching EC2 VPC Endpoint Service found", $"{name} is not a {type} service.");
        }

        var serviceId = $"vpce-svc-{Derived.Hex(17, "endpoint service", name, type)}";
        var host = string.Join('.', id.Split('.').Reverse());
        var isGateway = type is "Gateway";
        var regional = $"{region.Name}.{context.DnsSuffix}";

        return Value.Object(
            ("id", Value.Of(Derived.Checksum(name).ToString())),
            ("acceptance_required", Value.Of(false)),
            ("arn", Value.Of($"arn:{context.Partition}:ec2:{region.Name}:{context.Account}:vpc-endpoint-service/{serviceId}")),
            ("availability_zones", Value.Set(region.Zones.Select(zone => Value.Of(zone.Name)))),
            ("base_endpoint_dns_names", Value.Set([Value.Of(isGateway ? $"{id}.{regional}" : $"{host}.{region.Name}.vpce.{context.DnsSuffix}")])),
            ("manages_vpc_endpoints", Value.Of(false)),
            ("owner", Value.Of("amazon")),
            ("private_dns_name", Value.Of(isGateway ? "" : PrivateName(id, host, regional))),
            ("private_dns_names", Value.Set(isGateway ? [] : [Value.Of(PrivateName(id, host, regional))])),
            ("region", Value.Of(region.Name)),
            ("service_id", Value.Of(serviceId)),
            ("service_name", Value.Of(name)),
            ("service_region", Value.Of(region.Name)),
            ("service_type", Value.Of(type)),
            ("supported_ip_address_types", Value.Set([Value.Of("ipv4")])),
            ("tags", Value.Object()),
            ("vpc_endpoint_policy_supported", Value.Of(true)));
    }

    private static string PrivateName(string id, string host, string regional) => id is "ecr.dkr" ? $"*.dkr.ecr.{regional}" : $"{host}.{regional}";
}
