using Causeway.Provider.Answers;
using Causeway.Provider.Values;

namespace Causeway.Provider.Serving;

/// <summary>What a provider's configuration says about where it stands.</summary>
internal static class Configuration
{
    // The example account of AWS's documentation, where nothing says which.
    private const string ExampleAccount = "123456789012";

    /// <param name="config">Null before the provider is configured.</param>
    public static Surroundings Surroundings(Value config)
    {
        var region = config["region"].AsText ?? "us-east-1";
        var account = config["allowed_account_ids"].Items.Select(item => item.AsText).FirstOrDefault()
            ?? config["assume_role"].Items.Select(role => role["role_arn"].AsText?.Split(':').ElementAtOrDefault(4)).FirstOrDefault(text => text is { Length: 12 })
            ?? ExampleAccount;
        var partition = region switch
        {
            _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
            _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
            _ => "aws",
        };
        var tags = config["default_tags"].Items.Select(block => block["tags"]).OfType<Value.Mapping>().SelectMany(map => map.Members)
            .Where(tag => tag.Value.AsText is not null).ToDictionary(tag => tag.Key, tag => tag.Value.AsText!);

        return new Surroundings(partition, region, account, tags, Directory.GetCurrentDirectory());
    }
}
