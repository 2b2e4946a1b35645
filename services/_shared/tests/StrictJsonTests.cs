using System.Text;
using System.Text.Json.Serialization;
using Causeway.ServiceDefaults;

namespace Causeway.Services.Tests;

public sealed partial class StrictJsonTests
{
    private const string Right =
        """
        {"text":"a","flag":true,"small":255,"whole":-1,"big":9223372036854775807,"real":1.5,"money":0.01,"id":"8e03978e-40d5-43e8-bc93-6894a57f9324",
        "at":"2026-11-27T08:30:00+01:00","day":"2026-11-27","time":"08:30:00","length":"01:30:00","link":"https://example.org/","color":"green","bytes":"AQI=","more":{"a":1},"maybe":null}
        """;

    [Fact]
    public void Every_scalar_is_read()
    {
        var read = Parse(Right);

        Assert.Equal((255, long.MaxValue, 0.01m, Color.Green, (int?)null), (read.Small, read.Big, read.Money, read.Color, read.Maybe));
        Assert.Equal(TimeSpan.FromHours(1), read.At.Offset);
    }

    [Theory]
    [InlineData("\"text\":\"a\"", "\"text\":1", "text", "must be a string")]
    [InlineData("\"flag\":true", "\"flag\":\"true\"", "flag", "must be true or false")]
    [InlineData("\"small\":255", "\"small\":256", "small", "must be from 0 to 255")]
    [InlineData("\"whole\":-1", "\"whole\":-2147483649", "whole", "must be from -2147483648 to 2147483647")]
    [InlineData("\"whole\":-1", "\"whole\":1.0", "whole", "must be a whole number, written without quotes, fraction or exponent")]
    [InlineData("\"big\":9223372036854775807", "\"big\":9223372036854775808", "big", "must be from -9223372036854775808 to 9223372036854775807")]
    [InlineData("\"real\":1.5", "\"real\":\"1.5\"", "real", "must be a number, written without quotes")]
    [InlineData("\"money\":0.01", "\"money\":1e40", "money", "must be a decimal of up to 28 digits")]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e", "id", "must be a UUID, such as 8e03978e-40d5-43e8-bc93-6894a57f9324")]
    [InlineData("08:30:00+01:00", "08:30:00", "at", "must be a time with its offset, such as 2026-11-27T08:30:00Z or 2026-11-27T08:30:00+01:00")]
    [InlineData("\"day\":\"2026-11-27\"", "\"day\":\"2026-02-30\"", "day", "must be a date, such as 2026-11-27")]
    [InlineData("\"time\":\"08:30:00\"", "\"time\":\"25:00\"", "time", "must be a time of day, such as 08:30:00")]
    [InlineData("01:30:00", "soon", "length", "must be a duration, such as 01:30:00")]
    [InlineData("green", "Green", "color", "must be one of red, green")]
    [InlineData("AQI=", "AQI", "bytes", "must be Base64")]
    [InlineData("{\"a\":1}", "{\"a\":\"1\"}", "more.a", "must be a whole number, written without quotes, fraction or exponent")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"a\":2}", "more.a", "is given twice")]
    [InlineData("\"maybe\":null", "\"maybe\":\"1\"", "maybe", "must be a whole number, written without quotes, fraction or exponent")]
    [InlineData("\"text\":\"a\"", "\"text\":\"a\",\"\":1", "\"\"", "is not a known field")]
    [InlineData("{\"a\":1}", "{\"\":\"1\"}", "more.\"\"", "must be a whole number, written without quotes, fraction or exponent")]
    public void What_is_wrong_is_named(string right, string wrong, string field, string what) =>
        Assert.Equal([(field, what)], Faults(Right.Replace(right, wrong, StringComparison.Ordinal)));

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    public void Lists_in_lists_are_named_for_what_they_are_instead(int depth) =>
        Assert.Equal([("body", "must be an object")], Faults(new string('[', depth) + new string(']', depth)));

    private static Everything Parse(string json) => StrictJson.Parse(Encoding.UTF8.GetBytes(json), Json.Default.Everything);

    private static IEnumerable<(string, string)> Faults(string json) =>
        ((Dictionary<string, string[]>)Assert.Throws<ProblemException>(() => Parse(json)).Problem.Extensions["errors"]!)
            .Select(error => (error.Key, error.Value.Single()));

    [JsonConverter(typeof(JsonStringEnumConverter<Color>))]
    internal enum Color
    {
        [JsonStringEnumMemberName("red")]
        Red,

        [JsonStringEnumMemberName("green")]
        Green,
    }

    internal sealed record Everything(
        string Text, bool Flag, byte Small, int Whole, long Big, double Real, decimal Money, Guid Id, DateTimeOffset At, DateOnly Day, TimeOnly Time,
        TimeSpan Length, Uri Link, Color Color, byte[] Bytes, Dictionary<string, long> More, int? Maybe);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Everything))]
    private sealed partial class Json : JsonSerializerContext;
}
