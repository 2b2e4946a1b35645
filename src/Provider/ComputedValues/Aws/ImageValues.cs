using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// Machine images: one that could be there, made up from what is asked for. Its name is the wanted pattern with its wildcards filled in, its id derived from
/// region, owner and name; that the real cloud has such an image is not proven.
/// </summary>
internal static partial class ImageValues
{
    private const string Day = "20251117";

    public static Value One(Value config, ProviderContext context)
    {
        var isFiltered = config["filter"].Items.Any(filter => filter["name"].AsText is "image-id" or "owner-id");

        if (config["most_recent"].AsBool is true && config["owners"].Texts() is [] && !isFiltered && config["allow_unsafe_filter"].AsBool is not true)
        {
            throw new RefusalException(
                "Most Recent Image Not Filtered",
                "\"most_recent\" is \"true\" and nothing limits the results to an owner or an image, so anybody's new image could be taken: set owners, or " +
                "filter by image-id or owner-id.",
                ["most_recent"]);
        }

        var region = Region.NameOf(config, context);
        var name = Name(config);
        var owner = Owner(config, context);
        var architecture = Filters.First(config, "architecture") ?? (Arm().IsMatch(name) ? "arm64" : "x86_64");
        var id = Filters.First(config, "image-id") ?? Id(region, owner.Id, name);
        var isWindows = Filters.First(config, "platform") is "windows" || name.Contains("windows", StringComparison.OrdinalIgnoreCase);
        var isUbuntu = owner.Id is "099720109477" || isWindows;
        var device = Filters.First(config, "root-device-name") ?? (isUbuntu ? "/dev/sda1" : "/dev/xvda");
        var snapshot = $"snap-0{Derived.Hex(16, "snapshot", id)}";

        return Value.Object(
            ("id", Value.Of(id)),
            ("architecture", Value.Of(architecture)),
            ("arn", Value.Of($"arn:{context.Partition}:ec2:{region}::image/{id}")),
            ("block_device_mappings", Value.Set([Value.Object(
                ("device_name", Value.Of(device)),
                ("ebs", Value.Object(
                    ("delete_on_termination", Value.Of("true")),
                    ("encrypted", Value.Of("false")),
                    ("iops", Value.Of("3000")),
                    ("snapshot_id", Value.Of(snapshot)),
                    ("throughput", Value.Of("125")),
                    ("volume_size", Value.Of(isWindows ? "30" : "8")),
                    ("volume_type", Value.Of("gp3")))),
                ("no_device", Value.Of("")),
                ("virtual_name", Value.Of("")))])),
            ("boot_mode", Value.Of("uefi-preferred")),
            ("creation_date", Value.Of("2025-11-17T00:00:00.000Z")),
            ("deprecation_time", Value.Of("2027-11-17T00:00:00.000Z")),
            ("description", Value.Of(name)),
            ("ena_support", Value.Of(true)),
            ("hypervisor", Value.Of("xen")),
            ("image_id", Value.Of(id)),
            ("image_location", Value.Of($"{(owner.Alias is "" ? owner.Id : owner.Alias)}/{name}")),
            ("image_owner_alias", Value.Of(owner.Alias)),
            ("image_type", Value.Of("machine")),
            ("imds_support", Value.Of("v2.0")),
            ("kernel_id", Value.Of("")),
            ("last_launched_time", Value.Of("")),
            ("name", Value.Of(name)),
            ("owner_id", Value.Of(owner.Id)),
            ("platform", Value.Of(isWindows ? "windows" : "")),
            ("platform_details", Value.Of(isWindows ? "Windows" : "Linux/UNIX")),
            ("product_codes", Value.Set([])),
            ("public", Value.Of(owner.Id != context.Account)),
            ("ramdisk_id", Value.Of("")),
            ("region", Value.Of(region)),
            ("root_device_name", Value.Of(device)),
            ("root_device_type", Value.Of("ebs")),
            ("root_snapshot_id", Value.Of(snapshot)),
            ("sriov_net_support", Value.Of("simple")),
            ("state", Value.Of("available")),
            ("state_reason", Value.Object(("code", Value.Of("UNSET")), ("message", Value.Of("UNSET")))),
            ("tags", Value.Object()),
            ("tpm_support", Value.Of("")),
            ("usage_operation", Value.Of(isWindows ? "RunInstances:0002" : "RunInstances")),
            ("virtualization_type", Value.Of("hvm")));
    }

    public static Value Ids(Value config, ProviderContext context)
    {
        var id = One(config, context)["id"];

        return Value.Object(
            ("id", Value.Of(Derived.Checksum(id.AsText!).ToString())), ("ids", Value.List([id])), ("region", Value.Of(Region.NameOf(config, context))));
    }

    public static string Id(string region, string owner, string name) => $"ami-0{Derived.Hex(16, "image", region, owner, name)}";

    private static string Name(Value config) =>
        Fill(Filters.First(config, "name") ?? (config["name_regex"].Given() is { } expression ? Plain(expression) : "image"));

    private static string Fill(string pattern) => pattern.Replace("*", Day, StringComparison.Ordinal).Replace('?', '0');

    // What a regular expression says at the least, without anchors, groups and classes.
    private static string Plain(string expression) => NotPlain()
        .Replace(
            expression.Replace(".*", "*", StringComparison.Ordinal)
                .Replace(@"\d+", Day, StringComparison.Ordinal)
                .Replace(@"\.", ".", StringComparison.Ordinal),
            "");

    private static (string Id, string Alias) Owner(Value config, ProviderContext context) =>
        (config["owners"].Texts() is [var first, ..] ? first : Filters.First(config, "owner-id") ?? Filters.First(config, "owner-alias")) switch
        {
            "self" => (context.Account, "self"),
            null or "amazon" => ("137112412989", "amazon"),
            "aws-marketplace" => ("679593333241", "aws-marketplace"),
            var id => (id, ""),
        };

    [GeneratedRegex("arm64|aarch64", RegexOptions.IgnoreCase)]
    private static partial Regex Arm();

    [GeneratedRegex(@"[\\^$()\[\]{}|+?]")]
    private static partial Regex NotPlain();
}
