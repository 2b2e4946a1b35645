using Causeway.Provider.ComputedValues.Aws;
using Causeway.Provider.Values;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.ComputedValues;

/// <summary>A function that a provider brings along: <c>provider::aws::arn_parse(…)</c>.</summary>
/// <param name="Parameters">Name and type, by position.</param>
/// <param name="Call">Over known arguments. It refuses with <see cref="RefusalException"/>, whose path begins with the position of the argument that is to
/// blame, if one is.</param>
internal sealed record ProviderFunction(
    string Name, string Summary, IReadOnlyList<(string Name, ValueType Type)> Parameters, ValueType Returns, Func<IReadOnlyList<Value>, Value> Call);

/// <summary>
/// The functions of hashicorp/aws. Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_build and its neighbours.
/// </summary>
internal static class Functions
{
    /// <param name="provider">Such as <c>registry.terraform.io/hashicorp/aws</c>.</param>
    public static IReadOnlyList<ProviderFunction> Of(string provider) => provider.EndsWith("hashicorp/aws", StringComparison.Ordinal)
        ?
        [
            new("arn_build", "Builds an ARN from its parts.", Texts("partition", "service", "region", "account_id", "resource"), ValueType.String, BuildArn),
            new(
                "arn_parse",
                "Takes an ARN apart.",
                Texts("arn"),
                ValueType.Object(((string[])["account_id", "partition", "region", "resource", "service"]).ToDictionary(name => name, _ => ValueType.String)),
                ParseArn),
            new("trim_iam_role_path", "A role's ARN without the role's path.", Texts("arn"), ValueType.String, TrimRolePath),
            new(
                "user_agent",
                "A product for the provider's user_agent argument.",
                Texts("product_name", "product_version", "comment"),
                ValueType.String,
                UserAgent),
        ]
        : [];

    private static IReadOnlyList<(string, ValueType)> Texts(params string[] names) => [.. names.Select(name => (name, ValueType.String))];

    private static Value BuildArn(IReadOnlyList<Value> arguments) =>
        arguments.Select(argument => argument.AsText ?? "").ToList() is [var partition, var service, var region, var account, var resource]
        ? Value.Of(new Arn(partition, service, region, account, resource).ToString())
        : throw new RefusalException("arn_build takes five arguments");

    private static Value ParseArn(IReadOnlyList<Value> arguments)
    {
        var arn = Parse(arguments[0]);

        return Value.Object(
            ("partition", Value.Of(arn.Partition)),
            ("service", Value.Of(arn.Service)),
            ("region", Value.Of(arn.Region)),
            ("account_id", Value.Of(arn.Account)),
            ("resource", Value.Of(arn.Resource)));
    }

    private static Value TrimRolePath(IReadOnlyList<Value> arguments) => Parse(arguments[0]) switch
    {
        { Service: not "iam" } => throw new RefusalException("service must be \"iam\"", path: [0]),
        { Region: not "" } => throw new RefusalException("region must be empty", path: [0]),
        var arn when !arn.Resource.StartsWith("role/", StringComparison.Ordinal) => throw new RefusalException("resource must begin with \"role/\"", path: [0]),
        var arn => Value.Of((arn with { Resource = $"role/{arn.Resource.Split('/')[^1]}" }).ToString()),
    };

    private static Value UserAgent(IReadOnlyList<Value> arguments) => arguments.Select(argument => argument.AsText ?? "").ToList() switch
    {
        ["", ..] => throw new RefusalException("product_name must be set", path: [0]),
        [var name, var version, var comment] => Value.Of($"{name}{(version is "" ? "" : $"/{version}")}{(comment is "" ? "" : $" ({comment})")}"),
        _ => throw new RefusalException("user_agent takes three arguments"),
    };

    private static Arn Parse(Value argument)
    {
        try
        {
            return Arn.Parse(argument.AsText ?? "");
        }
        catch (FormatException fault)
        {
            throw new RefusalException(fault.Message, path: [0]);
        }
    }
}
