using Causeway.Provider.Values;

namespace Causeway.Provider.Answers.Aws;

/// <summary>The keys that AWS manages for its services, <c>alias/aws/…</c>; every other alias is the cloud's.</summary>
internal static class KeyAliasAnswer
{
    public static Value? Read(Value config, Surroundings surroundings)
    {
        var alias = config["name"].AsText ?? "";

        if (!alias.StartsWith("alias/aws/", StringComparison.Ordinal))
        {
            return null;
        }

        var region = Region.NameOf(config, surroundings);
        var start = $"arn:{surroundings.Partition}:kms:{region}:{surroundings.Account}";
        var key = Derived.Uuid("key", surroundings.Account, region, alias);

        return Value.Object(
            ("id", Value.Of($"{start}:{alias}")),
            ("arn", Value.Of($"{start}:{alias}")),
            ("region", Value.Of(region)),
            ("target_key_arn", Value.Of($"{start}:key/{key}")),
            ("target_key_id", Value.Of(key)));
    }
}
