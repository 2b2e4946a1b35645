using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>Where things are: partitions, regions, zones.</summary>
internal static class RegionValues
{
    public static Value Partition(Value config, ProviderContext context) => Value.Object(
        ("id", Value.Of(context.Partition)),
        ("partition", Value.Of(context.Partition)),
        ("dns_suffix", Value.Of(context.DnsSuffix)),
        ("reverse_dns_prefix", Value.Of(ReverseDnsPrefix(context))));

    /// <summary><c>com.amazonaws</c>, in China <c>cn.com.amazonaws</c>.</summary>
    public static string ReverseDnsPrefix(ProviderContext context) => string.Join('.', context.DnsSuffix.Split('.').Reverse());

    /// <summary>By name, by endpoint (<c>ec2.eu-west-1.amazonaws.com</c>), or the provider's own.</summary>
    public static Value Region(Value config, ProviderContext context)
    {
        var endpoint = config["endpoint"].Given()?.Split('.');

        if (endpoint is not null and not ["ec2", _, ..])
        {
            throw new RefusalException("no matching EC2 Region found", path: ["endpoint"]);
        }

        var name = config["region"].Given() ?? config["name"].Given() ?? endpoint?[1] ?? context.Region;
        var region = Aws.Region.Find(name) ?? throw new RefusalException($"finding Region by name ({name}): region not found for name \"{name}\"");

        return Value.Object(
            ("id", Value.Of(name)),
            ("name", Value.Of(name)),
            ("region", Value.Of(name)),
            ("description", Value.Of(region.Description)),
            ("endpoint", Value.Of($"ec2.{name}.{(region.Partition is "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com")}")));
    }

    public static Value Regions(Value config, ProviderContext context)
    {
        var all = config["all_regions"].AsBool is true;
        var regions = Aws.Region.In(context.Partition).Where(region => all || Status(region) is not "not-opted-in").Where(region => Filters.Match(
            config,
            name => name switch
            {
                "region-name" => region.Name,
                "opt-in-status" => Status(region),
                "endpoint" => $"ec2.{region.Name}.{context.DnsSuffix}",
                _ => null,
            },
            "reading EC2 Regions"));

        return Value.Object(
            ("id", Value.Of(context.Partition)),
            ("names", Value.Set(regions.Select(region => Value.Of(region.Name)))));

        string Status(Region region) => !region.IsOptIn ? "opt-in-not-required" : region.Name == context.Region ? "opted-in" : "not-opted-in";
    }

    public static Value Zones(Value config, ProviderContext context)
    {
        var region = Aws.Region.Of(config, context);
        var withoutNames = config["exclude_names"].Texts();
        var withoutIds = config["exclude_zone_ids"].Texts();
        var zones = Matching(region, config)
            .Where(_ => config["state"].Given() is null or "available")
            .Where(zone => !withoutNames.Contains(zone.Name) && !withoutIds.Contains(zone.Id))
            .ToList();

        return Value.Object(
            ("id", Value.Of(region.Name)),
            ("region", Value.Of(region.Name)),
            ("names", Value.List(zones.Select(zone => zone.Name))),
            ("zone_ids", Value.List(zones.Select(zone => zone.Id))),
            ("group_names", Value.Set(zones.Select(zone => Value.Of(zone.Group)))));
    }

    public static Value Zone(Value config, ProviderContext context)
    {
        var region = Aws.Region.Of(config, context);
        var zones = Matching(region, config)
            .Where(zone => config["name"].Given() is not { } name || zone.Name == name)
            .Where(zone => config["zone_id"].Given() is not { } id || zone.Id == id)
            .Where(_ => config["state"].Given() is null or "available")
            .ToList();

        return zones switch
        {
            [] => throw new RefusalException("no matching EC2 Availability Zone found"),
            [var zone] => Value.Object(
                ("id", Value.Of(zone.Name)),
                ("name", Value.Of(zone.Name)),
                ("zone_id", Value.Of(zone.Id)),
                ("name_suffix", Value.Of(zone.Name[region.Name.Length..])),
                ("group_name", Value.Of(zone.Group)),
                ("group_long_name", Value.Of($"{region.Description} 1")),
                ("network_border_group", Value.Of(region.Name)),
                ("opt_in_status", Value.Of("opt-in-not-required")),
                ("parent_zone_id", Value.Of("")),
                ("parent_zone_name", Value.Of("")),
                ("zone_type", Value.Of("availability-zone")),
                ("state", Value.Of("available")),
                ("region", Value.Of(region.Name))),
            _ => throw new RefusalException(
                "multiple EC2 Availability Zones matched; use additional constraints to reduce matches to a single EC2 Availability Zone"),
        };
    }

    private static IEnumerable<Zone> Matching(Region region, Value config) => region.Zones.Where(zone => Filters.Match(
        config,
        name => name switch
        {
            "zone-name" => zone.Name,
            "zone-id" => zone.Id,
            "zone-type" => "availability-zone",
            "opt-in-status" => "opt-in-not-required",
            "group-name" => zone.Group,
            "region-name" => region.Name,
            "state" => "available",
            "message" or "parent-zone-id" or "parent-zone-name" => "",
            _ => null,
        },
        "reading EC2 Availability Zones"));
}
