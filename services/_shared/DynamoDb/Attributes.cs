using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Causeway.DynamoDb;

/// <summary>How values are written into DynamoDB's attributes, and read from them.</summary>
public static class Attributes
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static long Number(this Dictionary<string, AttributeValue> item, string name) => long.Parse(item[name].N, CultureInfo.InvariantCulture);

    /// <summary>A key of one attribute.</summary>
    public static Dictionary<string, AttributeValue> Key(string name, string value) => new() { [name] = new(value) };

    /// <summary>Of fixed width, so that the order of the texts is the order of the times.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Time(this Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && TryTime(value.S, out var time) ? time : null;

    public static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
