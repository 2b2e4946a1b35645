using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>Instance types, and where they are offered: everywhere, as far as anybody can tell offline.</summary>
internal static class InstanceTypeValues
{
    public static Value One(Value config, ProviderContext context)
    {
        var name = config["instance_type"].AsText ?? "";
        var type = InstanceType.Parse(name) ??
            throw new RefusalException(
                $"reading EC2 Instance Type ({name}): InvalidInstanceType: The following supplied instance types do not exist: [{name}]",
                path: ["instance_type"]);
        var (interfaces, addresses) = type.Network;
        var threads = type.IsArm || type.Processors == 1 ? 1 : 2;

        return Value.Object(
            ("id", Value.Of(name)),
            ("auto_recovery_supported", Value.Of(!type.HasDisks && !type.IsBareMetal)),
            ("bare_metal", Value.Of(type.IsBareMetal)),
            ("boot_modes", Value.Set((type.IsArm ? (string[])["uefi"] : ["legacy-bios", "uefi"]).Select(Value.Of))),
            ("burstable_performance_supported", Value.Of(type.IsBurstable)),
            ("current_generation", Value.Of(type.IsNitro || type.Generation >= 4)),
            ("dedicated_hosts_supported", Value.Of(!type.IsBareMetal)),
            ("default_cores", Value.Of(type.Processors / threads)),
            ("default_network_card_index", Value.Of(0)),
            ("default_threads_per_core", Value.Of(threads)),
            ("default_vcpus", Value.Of(type.Processors)),
            ("ebs_encryption_support", Value.Of("supported")),
            ("ebs_nvme_support", Value.Of(type.IsNitro ? "required" : "unsupported")),
            ("ebs_optimized_support", Value.Of("default")),
            ("efa_supported", Value.Of(false)),
            ("ena_srd_supported", Value.Of(false)),
            ("ena_support", Value.Of(type.IsNitro ? "required" : "supported")),
            ("encryption_in_transit_supported", Value.Of(type.Generation >= 6)),
            ("free_tier_eligible", Value.Of(name is "t2.micro" or "t3.micro" or "t4g.micro" or "t3.small" or "t4g.small")),
            ("hibernation_supported", Value.Of(!type.IsBareMetal)),
            ("hypervisor", type.IsBareMetal ? Value.Of("") : Value.Of(type.IsNitro ? "nitro" : "xen")),
            ("instance_storage_supported", Value.Of(type.HasDisks)),
            ("instance_type", Value.Of(name)),
            ("ipv6_supported", Value.Of(true)),
            ("maximum_ipv4_addresses_per_interface", Value.Of(addresses)),
            ("maximum_ipv6_addresses_per_interface", Value.Of(addresses)),
            ("maximum_network_cards", Value.Of(1)),
            ("maximum_network_interfaces", Value.Of(interfaces)),
            ("memory_size", Value.Of(type.MemoryMiB)),
            ("network_performance", Value.Of(type.Processors <= 16 ? "Up to 10 Gigabit" : "25 Gigabit")),
            ("nitro_enclaves_support", Value.Of(type.IsNitro && type.Processors >= 4 && !type.IsBurstable ? "supported" : "unsupported")),
            ("nitro_tpm_support", Value.Of(type.IsNitro && !type.IsArm && !type.IsBareMetal ? "supported" : "unsupported")),
            ("phc_support", Value.Of("unsupported")),
            ("region", Value.Of(Region.NameOf(config, context))),
            ("supported_architectures", Value.List([type.IsArm ? "arm64" : "x86_64"])),
            ("supported_placement_strategies", Value.List(type.IsBurstable ? ["partition", "spread"] : (string[])["cluster", "partition", "spread"])),
            ("supported_root_device_types", Value.List(["ebs"])),
            ("supported_usages_classes", Value.List(["on-demand", "spot"])),
            ("supported_virtualization_types", Value.List(["hvm"])),
            ("sustained_clock_speed", Value.Of(type.IsArm ? 2 : 3)),
            ("valid_threads_per_core", Value.List(threads == 1 ? [Value.Of(1)] : (Value[])[Value.Of(1), Value.Of(2)])));
    }

    public static Value Offerings(Value config, ProviderContext context)
    {
        var offers = Offers(config, context).ToList();

        return Value.Object(
            ("id", Value.Of(Region.NameOf(config, context))),
            ("instance_types", Value.List(offers.Select(offer => offer.Type))),
            ("locations", Value.List(offers.Select(offer => offer.Location))),
            ("location_types", Value.List(offers.Select(_ => LocationType(config)))),
            ("region", Value.Of(Region.NameOf(config, context))));
    }

    /// <summary>The first preferred type that is offered.</summary>
    public static Value Offering(Value config, ProviderContext context)
    {
        var offers = Offers(config, context).ToList();
        var preferred = config["preferred_instance_types"].Texts();
        var chosen = preferred.SelectMany(type => offers.Where(offer => offer.Type == type))
            .Concat(preferred is [] && offers is [_] ? offers : [])
            .Select(offer => ((string Type, string Location)?)offer)
            .FirstOrDefault()
            ?? throw new RefusalException(offers is []
                ? "no EC2 Instance Type Offerings found matching criteria; try different search"
                : "multiple EC2 Instance Offerings found matching criteria; try different search or set preferred_instance_types");

        return Value.Object(
            ("id", Value.Of(chosen.Type)),
            ("instance_type", Value.Of(chosen.Type)),
            ("location", Value.Of(chosen.Location)),
            ("region", Value.Of(Region.NameOf(config, context))));
    }

    private static string LocationType(Value config) => config["location_type"].Given() ?? "region";

    private static IEnumerable<(string Type, string Location)> Offers(Value config, ProviderContext context)
    {
        var region = Region.Of(config, context);
        var locations = LocationType(config) switch
        {
            "availability-zone" => region.Zones.Select(zone => zone.Name),
            "availability-zone-id" => region.Zones.Select(zone => zone.Id),
            _ => [region.Name],
        };

        // A type that is asked for by its whole name is offered, whether or not it is among the usual ones.
        var named = Filters.Values(config, "instance-type").Where(name => InstanceType.Parse(name) is not null);

        return Usual().Union(named).SelectMany(type => locations.Select(location => (Type: type, Location: location))).Where(offer => Filters.Match(
            config,
            name => name switch { "instance-type" => offer.Type, "location" => offer.Location, _ => null },
            "reading EC2 Instance Type Offerings"));
    }

    private static IEnumerable<string> Usual() =>
    [
        .. from size in (string[])[
            "nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"
        ] from family in (string[])["t3", "t3a", "t4g"] select $"{family}.{size}",
        .. from size in (string[])["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"] from family in (string[])[
            "c6i", "c7g", "c7i", "m5", "m6i", "m7g", "m7i", "r6i", "r7g", "r7i"
        ] select $"{family}.{size}",
    ];
}
