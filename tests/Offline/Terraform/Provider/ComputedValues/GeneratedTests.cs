using System.Globalization;
using System.Text.RegularExpressions;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>Random values obey their arguments, times are computed as Go computes them.</summary>
public sealed class GeneratedTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 30, 45, TimeSpan.Zero);

    private static Value Create(string type, string arguments)
    {
        Assert.True(ComputedResources.TryGet(type, new Stopped(), out var answer), $"{type} is not answered.");

        return answer(Ask.Arguments(arguments), Ask.Frankfurt);
    }

    private static RefusalException Refused(string type, string arguments) => Assert.Throws<RefusalException>(() => { Create(type, arguments); });

    [Fact]
    public void A_password_has_at_least_what_is_asked_for()
    {
        const string Arguments = """{ "length": 12, "min_upper": 3, "min_lower": 3, "min_numeric": 3, "min_special": 3, "override_special": "_%" }""";
        var answers = Enumerable.Range(0, 50).Select(_ => Create("random_password", Arguments)).ToList();

        Assert.Equal(50, answers.DistinctBy(answer => answer["result"]).Count());
        Assert.All(answers, answer =>
        {
            var text = answer["result"].AsText!;

            Assert.Equal([3, 3, 3, 3], new[] { "[A-Z]", "[a-z]", "[0-9]", "[_%]" }.Select(kind => Regex.Count(text, kind)));
            Assert.Equal("none", answer["id"].AsText);
            Assert.Matches("^\\$2a\\$10\\$[./A-Za-z0-9]{53}$", answer["bcrypt_hash"].AsText);
        });
    }

    [Fact]
    public void A_text_leaves_out_what_is_not_wanted()
    {
        var answer = Create("random_string", """{ "length": 200, "special": false, "upper": false, "numeric": false }""");

        Assert.Matches("^[a-z]{200}$", answer["result"].AsText);
        Assert.Equal(answer["result"], answer["id"]);
        Assert.False(answer["number"].AsBool);
        Assert.True(answer["lower"].AsBool);
    }

    [Theory]
    [InlineData("random_password", """{ "length": 3, "min_upper": 4 }""", "at least sum of")]
    [InlineData("random_string", """{ "length": 0 }""", "at least 1")]
    [InlineData("random_string", """{ "length": 8, "special": false, "upper": false, "numeric": false, "lower": false }""", "must be specified as true")]
    [InlineData("random_pet", """{ "length": 0 }""", "at least 1")]
    [InlineData("random_id", """{ "byte_length": 0 }""", "at least 1")]
    [InlineData("random_integer", """{ "min": 2, "max": 1 }""", "smaller than or equal")]
    [InlineData("time_static", """{ "rfc3339": "yesterday" }""", "not \"yesterday\"")]
    [InlineData("time_offset", "{}", "At least one of these attributes")]
    [InlineData("time_sleep", """{ "create_duration": "long" }""", "immediately followed by")]
    public void What_cannot_be_is_refused(string type, string arguments, string why) =>
        Assert.Contains(why, Refused(type, arguments).Detail, StringComparison.Ordinal);

    [Fact]
    public void An_id_is_the_same_bytes_in_every_form()
    {
        var answer = Create("random_id", """{ "byte_length": 8, "prefix": "env-" }""");
        var bytes = Convert.FromBase64String(answer["b64_std"].AsText!["env-".Length..]);

        Assert.Equal(8, bytes.Length);
        Assert.Equal("env-" + Convert.ToHexStringLower(bytes), answer["hex"].AsText);
        Assert.Equal("env-" + Convert.ToUInt64(Convert.ToHexString(bytes), 16).ToString(CultureInfo.InvariantCulture), answer["dec"].AsText);
        Assert.Equal("env-" + answer["id"].AsText, answer["b64_url"].AsText);
    }

    [Theory]
    [InlineData("""{}""", "^[a-z]+-[a-z]+$")]
    [InlineData("""{ "length": 1, "prefix": "web", "separator": "_" }""", "^web_[a-z]+$")]
    [InlineData("""{ "length": 4 }""", "^[a-z]+-[a-z]+-[a-z]+-[a-z]+$")]
    public void A_pet_has_as_many_names_as_asked_for(string arguments, string pattern) => Assert.Matches(pattern, Create("random_pet", arguments)["id"].AsText);

    [Fact]
    public void An_integer_keeps_its_bounds()
    {
        var numbers = Enumerable.Range(0, 200).Select(_ => Create("random_integer", """{ "min": -1, "max": 1 }""")["result"].ToString()).ToHashSet();

        Assert.Equal(["-1", "0", "1"], numbers.Order(StringComparer.Ordinal));
        Assert.Equal(
            Create("random_integer", """{ "min": 0, "max": 1000000, "seed": "a" }"""),
            Create("random_integer", """{ "min": 0, "max": 1000000, "seed": "a" }"""));
    }

    [Fact]
    public void A_shuffle_uses_everything_once_before_anything_twice()
    {
        var result = Create("random_shuffle", """{ "input": ["a", "b", "c"], "result_count": 5 }""")["result"].Items.Select(item => item.AsText!).ToList();

        Assert.Equal(5, result.Count);
        Assert.Equal(["a", "b", "c"], result.Take(3).Order());
        Assert.Equal(3, Create("random_shuffle", """{ "input": ["a", "b", "c"] }""")["result"].Items.Count);
    }

    [Theory]
    [InlineData("random_uuid", '4')]
    [InlineData("random_uuid7", '7')]
    public void A_uuid_has_its_version(string type, char version)
    {
        var answer = Create(type, "{}");

        Assert.Equal(version, Guid.Parse(answer["result"].AsText!).ToString()[14]);
        Assert.Equal(answer["id"], answer["result"]);
    }

    [Fact]
    public void Bytes_have_their_length() =>
        Assert.Equal(24, Convert.FromBase64String(Create("random_bytes", """{ "length": 24 }""")["base64"].AsText!).Length);

    [Fact]
    public void A_null_resource_has_a_number_for_an_id() => Assert.Matches("^[0-9]+$", Create("null_resource", "{}")["id"].AsText);

    [Fact]
    public void A_time_is_now_or_what_it_is_told()
    {
        var now = Create("time_static", "{}");

        Assert.Equal("2026-01-31T12:30:45Z", now["rfc3339"].AsText);
        Assert.Equal(
            ["2026", "1", "31", "12", "30", "45", "1769862645"],
            new[] { "year", "month", "day", "hour", "minute", "second", "unix" }.Select(part => now[part].ToString()));
        Assert.Equal("2020-02-12T06:36:13+02:00", Create("time_static", """{ "rfc3339": "2020-02-12T06:36:13+02:00" }""")["id"].AsText);
    }

    [Theory]
    [InlineData("""{ "offset_days": 7 }""", "2026-02-07T12:30:45Z")]
    [InlineData("""{ "offset_months": 1 }""", "2026-03-03T12:30:45Z")]
    [InlineData("""{ "offset_years": -1, "offset_hours": 12 }""", "2025-02-01T00:30:45Z")]
    [InlineData("""{ "offset_minutes": 1, "base_rfc3339": "2024-02-29T00:00:00Z" }""", "2024-02-29T00:01:00Z")]
    public void An_offset_is_added_as_Go_adds(string arguments, string expected) => Assert.Equal(expected, Create("time_offset", arguments)["rfc3339"].AsText);

    [Fact]
    public void A_rotation_is_due_when_its_time_has_come()
    {
        var rotation = Create("time_rotating", """{ "rotation_days": 30, "rfc3339": "2026-01-01T00:00:00Z" }""");

        Assert.Equal("2026-01-31T00:00:00Z", rotation["rotation_rfc3339"].AsText);
        Assert.Equal("1", rotation["day"].ToString());
        Assert.False(ComputedResources.IsThere("time_rotating", rotation, Ask.Frankfurt, new Stopped()));
        Assert.True(ComputedResources.IsThere("time_rotating", Create("time_rotating", """{ "rotation_days": 30 }"""), Ask.Frankfurt, new Stopped()));
    }

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
