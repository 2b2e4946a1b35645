using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Causeway.ServiceDefaults;

/// <summary>What a single JSON value must look like to be a value of a .NET type, in words for the one who sent it.</summary>
internal static class Scalars
{
    private const string WholeNumber = "must be a whole number, written without quotes, fraction or exponent";

    private static readonly Dictionary<Type, Func<JsonElement, string?>> Checks = new()
    {
        [typeof(string)] = value => value.ValueKind == JsonValueKind.String && TextOf(value) is not null ? null : "must be a string",
        [typeof(bool)] = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        [typeof(byte)] = Whole(byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = Whole(sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = Whole(short.MinValue, short.MaxValue),
        [typeof(ushort)] = Whole(ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = Whole(int.MinValue, int.MaxValue),
        [typeof(uint)] = Whole(uint.MinValue, uint.MaxValue),
        [typeof(long)] = Whole(long.MinValue, long.MaxValue),
        [typeof(ulong)] = Whole(ulong.MinValue, ulong.MaxValue),
        [typeof(float)] = Number(value => value.TryGetSingle(out var number) && float.IsFinite(number), "a 32-bit floating point number"),
        [typeof(double)] = Number(value => value.TryGetDouble(out var number) && double.IsFinite(number), "a 64-bit floating point number"),
        [typeof(decimal)] = Number(value => value.TryGetDecimal(out _), "a decimal of up to 28 digits"),
        [typeof(Guid)] = Text(text => Guid.TryParseExact(text, "D", out _), "a UUID, such as 8e03978e-40d5-43e8-bc93-6894a57f9324"),
        [typeof(DateTimeOffset)] = Value(
            value => value.TryGetDateTimeOffset(out _) && HasOffset(TextOf(value)!),
            "a time with its offset, such as 2026-11-27T08:30:00Z or 2026-11-27T08:30:00+01:00"),
        [typeof(DateTime)] = Value(value => value.TryGetDateTime(out _), "a time, such as 2026-11-27T08:30:00Z"),
        [typeof(DateOnly)] = Text(
            text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "a date, such as 2026-11-27"),
        [typeof(TimeOnly)] = Text(
            text => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _) && text.Contains(':'), "a time of day, such as 08:30:00"),
        [typeof(TimeSpan)] = Text(text => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out _), "a duration, such as 01:30:00"),
        [typeof(Uri)] = Text(text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _), "a URI"),
        [typeof(char)] = Text(text => text.Length == 1, "a single character"),
        [typeof(byte[])] = Value(value => value.TryGetBytesFromBase64(out _), "Base64"),
    };

    /// <returns>What is wrong with <paramref name="value"/>; null when it is a value of <paramref name="type"/>.</returns>
    /// <exception cref="NotSupportedException">The type is none that a body may hold.</exception>
    public static string? Fault(JsonElement value, JsonTypeInfo type) =>
        type.Type.IsEnum ? EnumFault(value, type)
        : Checks.TryGetValue(type.Type, out var check) ? check(value)
        : throw new NotSupportedException($"A body cannot hold {type.Type}. Add it to {nameof(Scalars)}, which says what it looks like.");

    /// <returns>Null for half of a surrogate pair, which can be written as an escape and is not text.</returns>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Func<JsonElement, string?> Whole(decimal min, decimal max) => value =>
        value.ValueKind != JsonValueKind.Number || value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? WholeNumber
        : decimal.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max ? null
        : $"must be from {min} to {max}";

    private static Func<JsonElement, string?> Number(Func<JsonElement, bool> fits, string what) => value =>
        value.ValueKind != JsonValueKind.Number ? "must be a number, written without quotes"
        : fits(value) ? null
        : $"must be {what}";

    private static Func<JsonElement, string?> Text(Func<string, bool> isRight, string what) => Value(value => TextOf(value) is { } text && isRight(text), what);

    private static Func<JsonElement, string?> Value(Func<JsonElement, bool> isRight, string what) => value =>
        value.ValueKind == JsonValueKind.String && TextOf(value) is not null && isRight(value) ? null : $"must be {what}";

    private static bool HasOffset(string time) =>
        time.EndsWith('Z') || (time.Length > 6 && time[^6] is '+' or '-' && time[^3] == ':');

    private static string? EnumFault(JsonElement value, JsonTypeInfo type)
    {
        string[] names =
        [
            .. Enum.GetValuesAsUnderlyingType(type.Type).Cast<object>()
                .Select(member => JsonSerializer.SerializeToElement(Enum.ToObject(type.Type, member), type))
                .Select(member => member.ValueKind == JsonValueKind.String ? member.GetString()! : throw new NotSupportedException(
                    $"{type.Type} is written as a number, which says nothing to a reader. Give it a JsonStringEnumConverter.")),
        ];

        return value.ValueKind == JsonValueKind.String && names.Contains(TextOf(value)) ? null : $"must be one of {string.Join(", ", names)}";
    }
}
