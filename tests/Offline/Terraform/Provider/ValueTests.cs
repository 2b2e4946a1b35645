using Causeway.Provider.Values;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>When values are the same, and what becomes of them in files.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "+1")]
    [InlineData("100", "1e2")]
    [InlineData("0.05", "5E-2")]
    [InlineData("0", "-0.0")]
    [InlineData("0", "0e7")]
    [InlineData("1000000000000000000000000000000", "1e30")]
    [InlineData("1000000000000000000000000000000", "1E+30")]
    [InlineData("0.0000000000000000000000000000000000000001", "1e-40")]
    [InlineData("-12.5", "-1.25e1")]
    public void A_number_is_one_however_it_is_written(string one, string other)
    {
        Assert.Equal(new Value.Number(one), new Value.Number(other));
        Assert.Equal(one, new Value.Number(other).Digits);
    }

    [Theory]
    [InlineData("1e-40", "0")]
    [InlineData("18446744073709551616", "18446744073709551617")]
    [InlineData("0.12345678901234567890123456789012345678901", "0.12345678901234567890123456789012345678902")]
    public void No_digit_of_a_number_is_lost(string one, string other) => Assert.NotEqual(new Value.Number(one), new Value.Number(other));

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("1e99999999")]
    public void What_is_not_a_number_is_refused(string digits) => Assert.Throws<FormatException>(() => new Value.Number(digits));

    [Fact]
    public void A_set_has_no_order_and_no_element_twice()
    {
        var set = Written.Json("""["b", "a", "b"]""", ValueType.Parse("set(string)"));

        Assert.Equal(Written.Json("""["a", "b"]""", ValueType.Parse("set(string)")), set);
        Assert.Equal(2, set.Items.Count);
    }

    [Fact]
    public void Elements_of_a_set_that_are_not_known_yet_may_turn_out_different() =>
        Assert.Equal(2, Written.Json("""[{ "a": "?" }, { "a": "?" }]""", ValueType.Parse("set(object({a=string}))")).Items.Count);

    [Theory]
    [InlineData("""["a\",\"b"]""", """["a", "b"]""", "list(string)")]
    [InlineData("""["a\\"]""", """["a\\\\"]""", "list(string)")]
    [InlineData("""{ "a": "x", "b": "y" }""", """{ "a=\"x\",b": "y" }""", "map(string)")]
    [InlineData("""["null"]""", "[null]", "list(string)")]
    public void Texts_are_never_taken_for_structure(string one, string other, string type)
    {
        var set = Value.Set([Written.Json(one, ValueType.Parse(type)), Written.Json(other, ValueType.Parse(type))]);

        Assert.Equal(2, set.Items.Count);
    }

    [Theory]
    [InlineData("list(string)", """["a"]""")]
    [InlineData("object({a=number,b=set(string)})", """{ "a": 1, "b": ["x", "y"] }""")]
    [InlineData("string", "\"text\"")]
    [InlineData("string", "null")]
    public void A_value_of_any_type_keeps_its_type_in_a_file(string type, string json)
    {
        var value = new Value.Typed(ValueType.Parse(type), Written.Json(json, ValueType.Parse(type)));

        Assert.Equal(value, Value.FromJson(value.ToJson()).Conform(ValueType.Any));
    }

    [Fact]
    public void Values_of_any_type_are_equal_by_type_and_content()
    {
        var list = new Value.Typed(ValueType.Parse("list(string)"), Value.List(["a"]));

        Assert.Equal(list, new Value.Typed(ValueType.Parse("list(string)"), Value.List(["a"])));
        Assert.NotEqual(list, new Value.Typed(ValueType.Parse("set(string)"), Value.List(["a"])));
        Assert.NotEqual(list.Canonical(), new Value.Typed(ValueType.Parse("set(string)"), Value.List(["a"])).Canonical());
    }

    [Theory]
    [InlineData("\"3\"", "number", "3")]
    [InlineData("\"true\"", "bool", "true")]
    [InlineData("3", "string", "\"3\"")]
    [InlineData("true", "string", "\"true\"")]
    [InlineData("""{ "a": 1, "z": 2 }""", "object({a=string,b=string})", """{ "a": "1", "b": null }""")]
    [InlineData("""{ "a": 1 }""", "map(string)", """{ "a": "1" }""")]
    [InlineData("null", "list(string)", "null")]
    [InlineData("\"?\"", "list(string)", "\"?\"")]
    public void A_value_from_elsewhere_takes_the_form_that_is_wanted(string json, string type, string wanted) =>
        Assert.Equal(Written.Json(wanted), Written.Json(json).Conform(ValueType.Parse(type)));

    [Fact]
    public void What_is_unknown_goes_into_no_file() => Assert.Throws<InvalidOperationException>(() => Written.Json("""{ "a": ["?"] }""").ToJson());
}
