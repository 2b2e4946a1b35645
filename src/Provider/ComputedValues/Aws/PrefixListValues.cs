using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// The prefix lists that AWS manages: those of gateway endpoints, CloudFront's and a few more. An account's own are the cloud's.
/// Some ids are the true ones, the rest is derived; the address blocks are examples. Source:
/// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html.
/// </summary>
internal static class PrefixListValues
{
    public static Value? Managed(Value config, ProviderContext context) =>
        Find(config, config["id"].Given(), context) is not var (region, name, id) ? null : Value.Object(
        ("id", Value.Of(id)),
        ("address_family", Value.Of(name.Contains(".ipv6.", StringComparison.Ordinal) ? "IPv6" : "IPv4")),
        ("arn", Value.Of($"arn:{context.Partition}:ec2:{region}:aws:prefix-list/{id}")),
        ("entries", Value.Set(Blocks(name).Select(block => Value.Object(("cidr", Value.Of(block)), ("description", Value.Of("")))))),
        ("max_entries", Value.Of(0)),
        ("name", Value.Of(name)),
        ("owner_id", Value.Of("AWS")),
        ("region", Value.Of(region)),
        ("tags", Value.Object()),
        ("version", Value.Of(0)));

    public static Value? Plain(Value config, ProviderContext context) =>
        Find(config, config["prefix_list_id"].Given(), context) is not var (region, name, id) ? null : Value.Object(
        ("id", Value.Of(id)),
        ("cidr_blocks", Value.List(Blocks(name))),
        ("name", Value.Of(name)),
        ("region", Value.Of(region)));

    private static (string Region, string Name, string Id)? Find(Value config, string? wantedId, ProviderContext context)
    {
        var region = Region.NameOf(config, context);
        var wanted = config["name"].Given() ?? Filters.First(config, "prefix-list-name");
        var id = wantedId ?? Filters.First(config, "prefix-list-id");

        return Names(region)
            .Select(name => (region, name, Id(region, name)))
            .Where(list => (wanted ?? id) is not null && (wanted is null || list.name == wanted) && (id is null || list.Item3 == id))
            .Select(list => ((string, string, string)?)list).FirstOrDefault();
    }

    private static IEnumerable<string> Names(string region) =>
    [
        $"com.amazonaws.{region}.s3", $"com.amazonaws.{region}.dynamodb", $"com.amazonaws.{region}.s3express", $"com.amazonaws.{region}.vpc-lattice",
        $"com.amazonaws.{region}.ipv6.vpc-lattice",
        $"com.amazonaws.{region}.route53-healthchecks", $"com.amazonaws.{region}.ipv6.route53-healthchecks", $"com.amazonaws.{region}.ec2-instance-connect",
        $"com.amazonaws.{region}.ipv6.ec2-instance-connect",
        "com.amazonaws.global.cloudfront.origin-facing", "com.amazonaws.global.ipv6.cloudfront.origin-facing", "com.amazonaws.global.groundstation",
    ];

    private static string Id(string region, string name) => (region, name) switch
    {
        ("us-east-1", "com.amazonaws.us-east-1.s3") => "pl-63a5400a",
        ("us-east-1", "com.amazonaws.us-east-1.dynamodb") => "pl-02cd2c6b",
        ("us-east-1", "com.amazonaws.global.cloudfront.origin-facing") => "pl-3b927c52",
        ("us-west-2", "com.amazonaws.us-west-2.s3") => "pl-68a54001",
        ("us-west-2", "com.amazonaws.us-west-2.dynamodb") => "pl-00a54069",
        ("us-west-2", "com.amazonaws.global.cloudfront.origin-facing") => "pl-82a045eb",
        _ => $"pl-{Derived.Hex(8, "prefix list", region, name)}",
    };

    private static IReadOnlyList<string> Blocks(string name) => name.Split('.')[^1] switch
    {
        _ when name.Contains(".ipv6.", StringComparison.Ordinal) => ["2600:9000::/28"],
        "s3" => ["3.5.0.0/19", "52.216.0.0/15"],
        "dynamodb" => ["3.218.180.0/22", "52.94.0.0/22"],
        "origin-facing" => ["13.124.199.0/24", "130.176.0.0/18"],
        _ => ["15.177.0.0/18"],
    };
}
