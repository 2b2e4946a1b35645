using Causeway.Provider.ComputedValues;
using Causeway.Provider.ComputedValues.Aws;
using Causeway.Provider.Values;

namespace Causeway.Provider.Serving;

/// <summary>What a provider's configuration says about where it stands.</summary>
internal static class Configuration
{
    // The example account of AWS's documentation, where nothing says which.
    private const string ExampleAccount = "123456789012";

    /// <param name="config">Null before the provider is configured.</param>
    /// <param name="region">Where the configuration says nothing itself.</param>
    public static ProviderContext Context(Value config, string region = "us-east-1")
    {
        region = config["region"].Given() ?? region;
        var account = config["allowed_account_ids"].Items.Select(item => item.AsText).FirstOrDefault()
            ?? config["assume_role"].Items
                .Select(role => role["role_arn"].AsText?.Split(':').ElementAtOrDefault(4))
                .FirstOrDefault(text => text is { Length: 12 })
            ?? ExampleAccount;
        var partition = region switch
        {
            _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
            _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
            _ => "aws",
        };
        var tags = config["default_tags"].Items.Select(block => block["tags"]).OfType<Value.Mapping>().SelectMany(map => map.Members)
            .Where(tag => tag.Value.AsText is not null).ToDictionary(tag => tag.Key, tag => tag.Value.AsText!);

        return new ProviderContext(partition, region, account, tags, Directory.GetCurrentDirectory());
    }

    /// <summary>The context of hashicorp/aws, which must be told its region somewhere.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="RefusalException">There is no region anywhere, or it is none.</exception>
    public static ProviderContext AwsContext(Value config, Func<string, string?> environment)
    {
        // A region that another resource or a variable gives may only come later.
        var written = config["region"];
        var region = written.IsUnknown ? "us-east-1"
            : written.Given() ?? NotEmpty(environment("AWS_REGION")) ?? NotEmpty(environment("AWS_DEFAULT_REGION")) ?? OfProfile(config, environment)
            ?? throw new RefusalException(
                "No AWS region is configured",
                "Neither the provider block nor the environment says in which region this configuration lives. Write region = \"…\" in provider \"aws\", or " +
                "set AWS_REGION. "
                    + "See https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference.");

        return Region.Find(region) is not null || config["skip_region_validation"].AsBool is true
            ? Context(config, region)
            : throw new RefusalException(
                $"invalid AWS Region: {region}",
                $"There is no region {region}: regions are named like eu-central-1. " +
                "For one that is too new to be known here, set skip_region_validation = true.",
                written.Given() is null ? [] : ["region"]);
    }

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;

    // The shared configuration of the command line: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
    private static string? OfProfile(Value config, Func<string, string?> environment)
    {
        var profile = config["profile"].Given() ?? NotEmpty(environment("AWS_PROFILE")) ?? "default";
        string[] files = config["shared_config_files"].Texts() is [_, ..] written ? [.. written]
            : [NotEmpty(environment("AWS_CONFIG_FILE")) ?? Path.Combine(environment("HOME") ?? "/", ".aws", "config")];
        var isIn = false;

        foreach (var line in files.Where(File.Exists).SelectMany(File.ReadLines).Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                isIn = line.Trim('[', ']').Trim() is var name && (name == profile || name == $"profile {profile}");
            }
            else if (isIn && line.Split('=', 2) is [var key, var value] && key.Trim() is "region" && value.Trim() is { Length: > 0 } region)
            {
                return region;
            }
        }

        return null;
    }
}
