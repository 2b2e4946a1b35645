using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>A region and its zones.</summary>
/// <param name="Description">As AWS calls it: <c>Europe (Frankfurt)</c>.</param>
/// <param name="ZonePrefix">What its zones' ids begin with: <c>euc1</c>.</param>
/// <param name="Letters">Of its zones; the ids count them, except where <see cref="Zones"/> knows better.</param>
/// <param name="IsOptIn">Whether an account has to ask for it.</param>
internal sealed record Region(string Name, string Description, string ZonePrefix, string Letters = "abc", bool IsOptIn = false)
{
    public string Partition => PartitionOf(Name);

    /// <summary>
    /// In the order of names. Which id a name has differs between accounts; here the first letter is the first id, except where zones are known to be missing.
    /// </summary>
    public IReadOnlyList<Zone> Zones => [.. Letters.Select((letter, position) => new Zone(this, $"{Name}{letter}", $"{ZonePrefix}-az{ZoneNumber(position)}"))];

    /// <summary>The region that a data source asks about: its own argument, otherwise the provider's.</summary>
    /// <exception cref="RefusalException">There is no such region.</exception>
    public static Region Of(Value config, ProviderContext context) => Find(NameOf(config, context)) ??
        throw new RefusalException($"invalid AWS Region: {NameOf(config, context)}", path: config["region"].Given() is null ? [] : ["region"]);

    public static string NameOf(Value config, ProviderContext context) => config["region"].Given() ?? context.Region;

    public static string PartitionOf(string name) => name switch
    {
        _ when name.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when name.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    /// <summary>All regions of a partition, by name.</summary>
    public static IEnumerable<Region> In(string partition) => (partition switch
    {
        "aws-cn" => (string[])["cn-north-1", "cn-northwest-1"],
        "aws-us-gov" => ["us-gov-east-1", "us-gov-west-1"],
        _ =>
        [
            "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1",
            "ap-southeast-2", "ap-southeast-3",
            "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1",
            "eu-south-1", "eu-south-2",
            "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2",
            "us-west-1", "us-west-2",
        ],
    }).Select(name => Find(name)!);

    /// <summary>
    /// The region of that name, or null. Sources: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html and
    /// aws-availability-zones.html.
    /// </summary>
    public static Region? Find(string name) => name switch
    {
        "af-south-1" => new(name, "Africa (Cape Town)", "afs1", IsOptIn: true),
        "ap-east-1" => new(name, "Asia Pacific (Hong Kong)", "ape1", IsOptIn: true),
        "ap-east-2" => new(name, "Asia Pacific (Taipei)", "ape2", IsOptIn: true),
        "ap-northeast-1" => new(name, "Asia Pacific (Tokyo)", "apne1", "acd"),
        "ap-northeast-2" => new(name, "Asia Pacific (Seoul)", "apne2", "abcd"),
        "ap-northeast-3" => new(name, "Asia Pacific (Osaka)", "apne3"),
        "ap-south-1" => new(name, "Asia Pacific (Mumbai)", "aps1"),
        "ap-south-2" => new(name, "Asia Pacific (Hyderabad)", "aps2", IsOptIn: true),
        "ap-southeast-1" => new(name, "Asia Pacific (Singapore)", "apse1"),
        "ap-southeast-2" => new(name, "Asia Pacific (Sydney)", "apse2"),
        "ap-southeast-3" => new(name, "Asia Pacific (Jakarta)", "apse3", IsOptIn: true),
        "ap-southeast-4" => new(name, "Asia Pacific (Melbourne)", "apse4", IsOptIn: true),
        "ap-southeast-5" => new(name, "Asia Pacific (Malaysia)", "apse5", IsOptIn: true),
        "ap-southeast-6" => new(name, "Asia Pacific (New Zealand)", "apse6", IsOptIn: true),
        "ap-southeast-7" => new(name, "Asia Pacific (Thailand)", "apse7", IsOptIn: true),
        "ca-central-1" => new(name, "Canada (Central)", "cac1", "abd"),
        "ca-west-1" => new(name, "Canada West (Calgary)", "caw1", IsOptIn: true),
        "cn-north-1" => new(name, "China (Beijing)", "cnn1"),
        "cn-northwest-1" => new(name, "China (Ningxia)", "cnnw1"),
        "eu-central-1" => new(name, "Europe (Frankfurt)", "euc1"),
        "eu-central-2" => new(name, "Europe (Zurich)", "euc2", IsOptIn: true),
        "eu-north-1" => new(name, "Europe (Stockholm)", "eun1"),
        "eu-south-1" => new(name, "Europe (Milan)", "eus1", IsOptIn: true),
        "eu-south-2" => new(name, "Europe (Spain)", "eus2", IsOptIn: true),
        "eu-west-1" => new(name, "Europe (Ireland)", "euw1"),
        "eu-west-2" => new(name, "Europe (London)", "euw2"),
        "eu-west-3" => new(name, "Europe (Paris)", "euw3"),
        "il-central-1" => new(name, "Israel (Tel Aviv)", "ilc1", IsOptIn: true),
        "me-central-1" => new(name, "Middle East (UAE)", "mec1", IsOptIn: true),
        "me-south-1" => new(name, "Middle East (Bahrain)", "mes1", IsOptIn: true),
        "mx-central-1" => new(name, "Mexico (Central)", "mxc1", IsOptIn: true),
        "sa-east-1" => new(name, "South America (Sao Paulo)", "sae1"),
        "us-east-1" => new(name, "US East (N. Virginia)", "use1", "abcdef"),
        "us-east-2" => new(name, "US East (Ohio)", "use2"),
        "us-gov-east-1" => new(name, "AWS GovCloud (US-East)", "usge1"),
        "us-gov-west-1" => new(name, "AWS GovCloud (US-West)", "usgw1"),
        "us-west-1" => new(name, "US West (N. California)", "usw1", "ac"),
        "us-west-2" => new(name, "US West (Oregon)", "usw2", "abcd"),
        _ => null,
    };

    private char ZoneNumber(int position) => Name switch
    {
        "ap-northeast-1" => "412"[position],
        "ca-central-1" => "124"[position],
        "us-west-1" => "13"[position],
        _ => (char)('1' + position),
    };
}

/// <summary>An availability zone. Local and wavelength zones are not known here: an account has to ask for each.</summary>
internal sealed record Zone(Region Region, string Name, string Id)
{
    public string Group => $"{Region.Name}-zg-1";
}
