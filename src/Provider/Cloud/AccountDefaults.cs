using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// What every account has before anything is made: the default network, and what <c>account.json</c> lists (the default event bus, keys and roles of
/// AWS's services, …). It is never in the cloud's file; data sources and references find it when nothing that was made fits.
/// </summary>
internal static partial class AccountDefaults
{
    private static readonly Lazy<JsonArray> Table = new(() =>
    {
        using var stream = typeof(AccountDefaults).Assembly.GetManifestResourceStream("Cloud/account")!;

        return JsonNode.Parse(stream)!["resources"]!.AsArray();
    });

    /// <summary>What there is in a region, and what has no region.</summary>
    public static IReadOnlyCollection<CloudResource> Of(string account, string region, string partition) =>
        [.. DefaultNetwork.Of(account, region, partition), .. Table.Value.SelectMany(entry => Entries(entry!, account, region, partition))];

    // `each` makes one resource for every name.
    private static IEnumerable<CloudResource> Entries(JsonNode entry, string account, string region, string partition) =>
        entry["each"] is JsonArray names
            ? names.Select(name => Entry(entry, (string)name!, account, region, partition))
            : [Entry(entry, "", account, region, partition)];

    private static CloudResource Entry(JsonNode entry, string each, string account, string region, string partition)
    {
        var type = (string)entry["type"]!;
        var values = Value.FromJson(Filled(entry["values"]!));
        var isGlobal = (bool?)entry["global"] is true;

        return new CloudResource(
            $"account {type} {values["name"].AsText ?? values["id"].AsText}", "", type, account, isGlobal ? "" : region, values,
            [.. new[] { values["id"].AsText, values["arn"].AsText }.OfType<string>().Distinct()]);

        JsonNode Filled(JsonNode node) => node switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Filled(member.Value!)))),
            JsonArray items => new JsonArray([.. items.Select(item => (JsonNode?)Filled(item!))]),
            _ when node.GetValueKind() is JsonValueKind.String =>
                JsonValue.Create(Placeholder().Replace((string)node!, match => match.Groups["name"].Value switch
            {
                "partition" => partition,
                "region" => region,
                "account" => account,
                "each" => each,
                "each.0" => each.Split(' ')[0],
                "each.1" => each.Split(' ')[1],
                "key" => Derived.Uuid("key", account, region, each),
                var unknown => throw new InvalidDataException($"Cloud/account.json: {{{unknown}}} is not a placeholder."),
            })),
            _ => node.DeepClone(),
        };
    }

    [GeneratedRegex(@"\{(?<name>[a-z0-9.]+)\}")]
    private static partial Regex Placeholder();
}
