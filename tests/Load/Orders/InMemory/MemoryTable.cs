using System.Text.Json.Nodes;

namespace Causeway.LoadScenarios.Orders.InMemory;

/// <summary>The attributes by which a table or an index finds an item. <paramref name="Sort"/> is null where the first one is enough.</summary>
internal sealed record TableKey(string Partition, string? Sort)
{
    /// <summary>An item's place; null where it lacks an attribute, so that an index does not have it.</summary>
    public string? Of(JsonObject item) =>
        Text(item, Partition) is { } partition && (Sort is null ? "" : Text(item, Sort)) is { } sort ? $"{partition}\0{sort}" : null;

    private static string? Text(JsonObject item, string attribute) => (string?)(item[attribute]?["S"] ?? item[attribute]?["N"]);
}

/// <summary>A table in memory with its indexes. One caller at a time.</summary>
internal sealed class MemoryTable(TableKey key, IReadOnlyDictionary<string, TableKey> indexes)
{
    private readonly Dictionary<string, JsonObject> items = [];
    private readonly Dictionary<(string Index, string Partition), SortedDictionary<string, JsonObject>> partitions = [];

    /// <summary>An item; null where there is none.</summary>
    public JsonObject? Find(JsonObject keyOrItem) => items.GetValueOrDefault(PlaceOf(keyOrItem));

    /// <summary>Every item, in no order.</summary>
    public IEnumerable<JsonObject> All => items.Values;

    /// <summary>Stores an item in the place of one with the same key.</summary>
    public void Put(JsonObject item)
    {
        var place = PlaceOf(item);

        if (items.TryGetValue(place, out var before))
        {
            Index(before, place, isThere: false);
        }

        items[place] = item;
        Index(item, place, isThere: true);
    }

    /// <summary>The items of an index whose partition has a value, in the order of its sort attribute.</summary>
    public IEnumerable<JsonObject> Partition(string index, string value) =>
        partitions.GetValueOrDefault((index, value))?.Values ?? Enumerable.Empty<JsonObject>();

    /// <summary>The key of an index.</summary>
    public TableKey KeyOf(string index) => indexes[index];

    /// <summary>The attributes of an item that tell where a page ended: of the table's key and of the index'.</summary>
    public JsonObject Position(JsonObject item, string? index)
    {
        string?[] names = [key.Partition, key.Sort, .. index is null ? Array.Empty<string?>() : [indexes[index].Partition, indexes[index].Sort]];

        return new JsonObject(names.OfType<string>().Distinct().Select(name => KeyValuePair.Create(name, item[name]?.DeepClone())));
    }

    private string PlaceOf(JsonObject item) => key.Of(item) ?? throw new NotSupportedException($"An item lacks {key.Partition} or {key.Sort}.");

    private void Index(JsonObject item, string place, bool isThere)
    {
        foreach (var (name, index) in indexes)
        {
            if (index.Of(item) is not { } at)
            {
                continue;
            }

            var (partition, sort) = (at.Split('\0')[0], $"{at.Split('\0')[1]}\0{place}");

            if (isThere)
            {
                if (!partitions.TryGetValue((name, partition), out var sorted))
                {
                    partitions[(name, partition)] = sorted = new(StringComparer.Ordinal);
                }

                sorted.Add(sort, item);
            }
            else
            {
                partitions[(name, partition)].Remove(sort);
            }
        }
    }
}
