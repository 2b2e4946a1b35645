using System.Text.Json.Nodes;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>Asks the provider's computed data sources and resources, with arguments written as JSON.</summary>
internal static class Ask
{
    public static readonly ProviderContext Frankfurt = Standing("aws", "eu-central-1");

    public static ProviderContext Standing(string partition, string region, string folder = "/") =>
        new(partition, region, "123456789012", new Dictionary<string, string> { ["Team"] = "platform" }, folder);

    public static Value Data(string type, string arguments = "{}", ProviderContext? from = null) =>
        MayKnow(type, arguments, from) ?? throw new Xunit.Sdk.XunitException($"{type} left {arguments} to the cloud.");

    public static Value? MayKnow(string type, string arguments, ProviderContext? from = null)
    {
        Assert.True(ComputedData.TryGet(type, out var answer), $"{type} is not answered.");

        return answer(Arguments(arguments), from ?? Frankfurt);
    }

    public static RefusalException Refused(string type, string arguments, ProviderContext? from = null) =>
        Assert.Throws<RefusalException>(() => { MayKnow(type, arguments, from); });

    public static Value Arguments(string json) => Value.FromJson(JsonNode.Parse(json));
}
