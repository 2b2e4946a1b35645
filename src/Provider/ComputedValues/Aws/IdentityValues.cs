using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>Who asks, and whose accounts AWS's own services use.</summary>
internal static partial class IdentityValues
{
    /// <summary>A session of the role <c>terraform</c>, as under a workload identity: no static credential.</summary>
    public static Value CallerIdentity(Value config, ProviderContext context) => Value.Object(
        ("id", Value.Of(context.Account)),
        ("account_id", Value.Of(context.Account)),
        ("arn", Value.Of($"arn:{context.Partition}:sts::{context.Account}:assumed-role/terraform/causeway")),
        ("user_id", Value.Of($"{Derived.Principal("AROA", context.Account, "terraform")}:causeway")));

    /// <summary>The role behind a session; of anything else, itself. The role's path is not in a session's ARN: it is taken to be <c>/</c>.</summary>
    public static Value SessionContext(Value config, ProviderContext context)
    {
        var text = config["arn"].AsText ?? "";
        var arn = Arn.TryParse(text) ?? throw new RefusalException($"\"arn\" ({text}) is an invalid ARN: arn: invalid prefix", path: ["arn"]);

        if (arn.Service is not "sts" || !AssumedRole().IsMatch(arn.Resource))
        {
            return Value.Object(
                ("id", config["arn"]),
                ("issuer_arn", config["arn"]),
                ("issuer_id", Value.Of("")),
                ("issuer_name", Value.Of("")),
                ("session_name", Value.Of("")));
        }

        var parts = arn.Resource.Split('/');

        return Value.Object(
            ("id", config["arn"]),
            ("issuer_arn", Value.Of($"arn:{arn.Partition}:iam::{arn.Account}:role/{parts[^2]}")),
            ("issuer_id", Value.Of(Derived.Principal("AROA", arn.Account, parts[^2]))),
            ("issuer_name", Value.Of(parts[^2])),
            ("session_name", Value.Of(parts[^1])));
    }

    public static Value CanonicalUserId(Value config, ProviderContext context) =>
        Value.Object(("id", Value.Of(Derived.Hex(64, "canonical user", context.Account))), ("display_name", Value.Of("")));

    public static Value CloudFrontLogDelivery(Value config, ProviderContext context) => Value.Object(("id", Value.Of(
        Region.NameOf(config, context).StartsWith("cn-", StringComparison.Ordinal)
            ? "a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56"
            : "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0")));

    /// <summary>
    /// The account that writes access logs of load balancers. Source:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.
    /// </summary>
    public static Value LoadBalancerAccount(Value config, ProviderContext context)
    {
        var region = Region.NameOf(config, context);
        var account = region switch
        {
            "af-south-1" => "098369216593",
            "ap-east-1" => "754344448648",
            "ap-northeast-1" => "582318560864",
            "ap-northeast-2" => "600734575887",
            "ap-northeast-3" => "383597477331",
            "ap-south-1" => "718504428378",
            "ap-southeast-1" => "114774131450",
            "ap-southeast-2" => "783225319266",
            "ap-southeast-3" => "589379963580",
            "ca-central-1" => "985666609251",
            "cn-north-1" => "638102146993",
            "cn-northwest-1" => "037604701340",
            "eu-central-1" => "054676820928",
            "eu-north-1" => "897822967062",
            "eu-south-1" => "635631232127",
            "eu-west-1" => "156460612806",
            "eu-west-2" => "652711504416",
            "eu-west-3" => "009996457667",
            "me-south-1" => "076674570225",
            "sa-east-1" => "507241528517",
            "us-east-1" => "127311923021",
            "us-east-2" => "033677994240",
            "us-gov-east-1" => "190560391635",
            "us-gov-west-1" => "048591011584",
            "us-west-1" => "027434742980",
            "us-west-2" => "797873946194",
            _ => throw new RefusalException(
                $"unsupported AWS Region: {region}",
                "Newer regions have no such account: grant the service principal logdelivery.elasticloadbalancing.amazonaws.com instead."),
        };

        return Value.Object(("id", Value.Of(account)), ("arn", Value.Of($"arn:{context.Partition}:iam::{account}:root")), ("region", Value.Of(region)));
    }

    public static Value BillingAccount(Value config, ProviderContext context) =>
        Value.Object(("id", Value.Of("386209384616")), ("arn", Value.Of($"arn:{context.Partition}:iam::386209384616:root")));

    public static Value DefaultTags(Value config, ProviderContext context) => Value.Object(
        ("id", Value.Of(context.Partition)),
        ("tags", Value.Object(context.DefaultTags.Select(tag => KeyValuePair.Create(tag.Key, Value.Of(tag.Value))))));

    public static Value ArnParts(Value config, ProviderContext context)
    {
        var text = config["arn"].AsText ?? "";

        try
        {
            var arn = Arn.Parse(text);

            return Value.Object(
                ("id", Value.Of(text)),
                ("partition", Value.Of(arn.Partition)),
                ("service", Value.Of(arn.Service)),
                ("region", Value.Of(arn.Region)),
                ("account", Value.Of(arn.Account)),
                ("resource", Value.Of(arn.Resource)));
        }
        catch (FormatException fault)
        {
            throw new RefusalException("Invalid ARN", $"\"{text}\" is an invalid ARN: {fault.Message}", ["arn"]);
        }
    }

    [GeneratedRegex("^assumed-role/.+/.{2,}")]
    private static partial Regex AssumedRole();
}
