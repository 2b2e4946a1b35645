using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>The keys that AWS manages for its services, <c>alias/aws/…</c>; every other alias is the cloud's.</summary>
internal static class KeyAliasValues
{
    public static Value? Read(Value config, ProviderContext context)
    {
        var alias = config["name"].AsText ?? "";

        if (!alias.StartsWith("alias/aws/", StringComparison.Ordinal))
        {
            return null;
        }

        var region = Region.NameOf(config, context);
        var start = $"arn:{context.Partition}:kms:{region}:{context.Account}";
        var key = Derived.Uuid("key", context.Account, region, alias);

        return Value.Object(
            ("id", Value.Of($"{start}:{alias}")),
            ("arn", Value.Of($"{start}:{alias}")),
            ("region", Value.Of(region)),
            ("target_key_arn", Value.Of($"{start}:key/{key}")),
            ("target_key_id", Value.Of(key)));
    }
}
