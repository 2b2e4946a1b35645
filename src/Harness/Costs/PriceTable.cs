using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Contract;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Costs;

/// <summary>
/// What resources cost in one region: the files of <c>terraform/prices/CLOUD/REGION/</c>, one for each service of the cloud. They are list prices without tax,
/// discount or free tier.
/// </summary>
/// <param name="Cloud">The first word of its types' names, <c>aws</c>; empty where there are no prices.</param>
/// <param name="Region">The region; empty where there are no prices.</param>
/// <param name="Date">The oldest of the days on which the files' prices were looked up.</param>
/// <param name="Free">Types that cost nothing.</param>
/// <param name="Fixed">Parts of what a type costs while it exists.</param>
/// <param name="Usage">What the use of a type costs, for a reader.</param>
public sealed record PriceTable(
    string Cloud,
    string Region,
    string Date,
    IReadOnlySet<string> Free,
    IReadOnlyDictionary<string, IReadOnlyList<Price>> Fixed,
    IReadOnlyDictionary<string, string> Usage)
{
    /// <summary>The folder of all prices, relative to the repository.</summary>
    public const string Folder = "terraform/prices";

    /// <summary>AWS counts 730 hours to a month, as its own calculator does: https://calculator.aws.</summary>
    public const decimal HoursOfAMonth = 730;

    /// <summary>A table without any price.</summary>
    public static PriceTable None { get; } = new(
        "", "", "", new HashSet<string>(), new Dictionary<string, IReadOnlyList<Price>>(), new Dictionary<string, string>());

    /// <summary>The prices of a region, or <see cref="None"/> where there are none.</summary>
    /// <exception cref="InvalidDataException">A file violates its schema, or two files have prices of one type.</exception>
    public static PriceTable Load(Repository repository, string cloud, string region)
    {
        var folder = repository.PathTo(Folder, cloud, region);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToArray() : [];
        var schema = new Lazy<DocumentSchema>(() => DocumentSchema.Load(repository.Root, "prices"));
        var (dates, owners) = (new List<string>(), new Dictionary<string, string>());
        var (free, priced, usage) = (new HashSet<string>(), new Dictionary<string, IReadOnlyList<Price>>(), new Dictionary<string, string>());

        foreach (var file in files)
        {
            var document = Yaml.LoadFile(file);
            var name = Path.GetRelativePath(repository.Root, file);

            if (schema.Value.Problems(document) is { Count: > 0 } problems)
            {
                throw new InvalidDataException(string.Join('\n', problems.Select(problem => $"{name}: {problem}")));
            }

            var prices = document["prices"]!;
            var types = prices["types"] as JsonObject ?? [];
            string[] without = [.. (prices["free"] as JsonArray ?? []).Select(type => (string)type!)];
            dates.Add((string)prices["date"]!);

            foreach (var type in types.Select(entry => entry.Key).Concat(without))
            {
                if (!owners.TryAdd(type, name))
                {
                    throw new InvalidDataException($"{name}: {type} has a price in {owners[type]} already: keep one of the two.");
                }
            }

            free.UnionWith(without);

            foreach (var (type, entry) in types)
            {
                priced[type] = [.. (entry!["fixed"] as JsonArray ?? []).Select(part => Read(part!.AsObject()))];

                if ((string?)entry["usage"] is { } use)
                {
                    usage[type] = use;
                }
            }
        }

        return files is [] ? None : new(cloud, region, dates.Order(StringComparer.Ordinal).First(), free, priced, usage);
    }

    /// <summary>The prices of a plan: of the cloud that its types are of, in the region that most of its resources are in.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public static PriceTable For(Repository repository, Plan plan)
    {
        var values = plan.Resources.Where(resource => resource.Mode is "managed")
            .Select(resource => (Cloud: CloudOf(resource), Region: RegionOf(resource)))
            .Where(resource => resource.Region is not null)
            .GroupBy(resource => (resource.Cloud, Region: resource.Region!))
            .OrderByDescending(place => place.Count())
            .ThenBy(place => place.Key.Region, StringComparer.Ordinal)
            .FirstOrDefault();

        return values is null ? None : Load(repository, values.Key.Cloud, values.Key.Region);
    }

    /// <summary>The region that a resource is in; null where the plan does not say it.</summary>
    public static string? RegionOf(ResourceChange resource) =>
        ((resource.After ?? resource.Before) as JsonObject)?["region"] is JsonValue region && region.GetValueKind() is JsonValueKind.String
            ? (string)region!
            : null;

    /// <summary>The units that it has prices of: limits of an environment name them.</summary>
    public IReadOnlySet<string> Units => Fixed.Values.SelectMany(parts => parts).Select(part => part.What).ToHashSet();

    /// <summary>Whether a resource is of the table's cloud.</summary>
    public bool IsOf(ResourceChange resource) => CloudOf(resource) == Cloud;

    /// <summary>Whether the table says what a resource of a type costs.</summary>
    public bool Knows(string type) => Free.Contains(type) || Fixed.ContainsKey(type);

    private static string CloudOf(ResourceChange resource) => resource.Type.Split('_')[0];

    private static Price Read(JsonObject part) => new(
        (string)part["what"]!,
        (string)part["per"]! is "hour" ? HoursOfAMonth : 1,
        (string?)part["by"],
        part["prices"] is JsonObject prices
            ? prices.ToDictionary(price => price.Key, price => Number(price.Value!))
            : new Dictionary<string, decimal> { [""] = Number(part["price"]!) },
        [.. (part["times"] as JsonArray ?? []).Select(path => (string)path!)],
        (part["when"] as JsonObject ?? []).ToDictionary(condition => condition.Key, condition => condition.Value),
        part["most"] is JsonArray most ? [.. most.Select(path => (string)path!)] : null);

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
