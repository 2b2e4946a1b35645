using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// The parameters that AWS publishes below <c>/aws/service/</c>: mostly ids of images, made up like those of <see cref="ImageValues"/>.
/// Every other parameter is the cloud's. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html.
/// </summary>
internal static partial class PublicParameterValues
{
    public static Value? Read(Value config, ProviderContext context)
    {
        var name = config["name"].AsText ?? "";

        // A parameter may be named by its ARN, too.
        name = Arn.TryParse(name) is { Service: "ssm" } arn ? arn.Resource["parameter".Length..] : name;

        if (!name.StartsWith("/aws/service/", StringComparison.Ordinal))
        {
            return null;
        }

        var region = Region.NameOf(config, context);
        var value = Find(name, region)
            ?? throw new RefusalException($"reading SSM Parameter ({name}): couldn't find resource", "This public parameter is not known offline.", ["name"]);

        return Value.Object(
            ("id", Value.Of(name)),
            ("arn", Value.Of($"arn:{context.Partition}:ssm:{region}::parameter{name}")),
            ("insecure_value", Value.Of(value)),
            ("region", Value.Of(region)),
            ("type", Value.Of("String")),
            ("value", Value.Of(value)),
            ("version", Value.Of(1)),
            ("with_decryption", Value.Of(config["with_decryption"].AsBool ?? true)));
    }

    private static string? Find(string name, string region)
    {
        var image = ImageValues.Id(region, "amazon", name);
        var parts = name.Split('/')[3..];

        return parts switch
        {
            ["global-infrastructure", "regions", var code, "longName"] => Region.Find(code)?.Description,
            ["global-infrastructure", "regions", var code, "partition"] => Region.Find(code)?.Partition,
            ["global-infrastructure", "regions", var code] => Region.Find(code)?.Name,
            ["aws-for-fluent-bit", var version] => $"906394416424.dkr.ecr.{region}.amazonaws.com/aws-for-fluent-bit:{version}",
            ["eks", "optimized-ami", var version, .., "recommended"] => Recommended("image_name", $"amazon-eks-node-{version}-v20251112"),
            ["eks", "optimized-ami", var version, .., "release_version"] => $"{version}.{Derived.Bytes(version)[0] % 8}-20251112",
            ["eks", "optimized-ami" or "ami-optimized", .., "image_id"] => image,
            ["ecs", "optimized-ami", .., "recommended"] => Recommended("image_name", "al2023-ami-ecs-hvm-2023.0.20251112-kernel-6.1-x86_64"),
            ["ecs", "optimized-ami" or "optimized-bottlerocket-ami", .., "image_id"] => image,
            ["bottlerocket", .., "image_version"] => "1.50.0-6bb5a3d1",
            ["bottlerocket", .., "image_id"] => image,
            ["ami-amazon-linux-latest" or "ami-windows-latest" or "ami-macos-latest" or "ami-al2023-latest", _] => image,
            ["canonical", "ubuntu", .., "ami-id"] or ["debian" or "suse" or "freebsd" or "marketplace" or "cloud9" or "deeplearning", ..] => image,
            _ when Image().IsMatch(name) => image,
            _ => null,
        };

        string Recommended(string key, string text) => $$"""{"image_id":"{{image}}","{{key}}":"{{text}}"}""";
    }

    [GeneratedRegex("(ami|image)[-_]id$")]
    private static partial Regex Image();
}
