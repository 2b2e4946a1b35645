using System.Text;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// Tokens for container registries, of the right form, that open nothing. The real ones change with each read; these do not, so that plans can be compared.
/// </summary>
internal static class RegistryValues
{
    public static Value Private(Value config, ProviderContext context)
    {
        var region = Region.NameOf(config, context);
        var registry = config["registry_id"].Given() ?? context.Account;

        return Value.Object([
            ("id", Value.Of(region)),
            ("region", Value.Of(region)),
            ("proxy_endpoint", Value.Of($"https://{registry}.dkr.ecr.{region}.{context.DnsSuffix}")),
            .. Token(registry, region)
        ]);
    }

    /// <summary>Public registries have one home: <c>us-east-1</c>.</summary>
    public static Value Public(Value config, ProviderContext context) => Region.NameOf(config, context) is "us-east-1"
        ? Value.Object([("id", Value.Of("us-east-1")), ("region", Value.Of("us-east-1")), .. Token("public", "us-east-1")])
        : throw new RefusalException(
            $"reading ECR Public Authorization Token: no such host: api.ecr-public.{Region.NameOf(config, context)}.{context.DnsSuffix}",
            "Public registries are served from us-east-1 only: ask there.");

    private static IEnumerable<(string, Value)> Token(string registry, string region)
    {
        var password = Derived.Hex(64, "registry token", registry, region);

        return
        [
            ("authorization_token", Value.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes($"AWS:{password}")))),
            ("expires_at", Value.Of("2035-01-01T00:00:00Z")),
            ("password", Value.Of(password)),
            ("user_name", Value.Of("AWS")),
        ];
    }
}
