using System.Text.Json.Nodes;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>Types: Terraform's notation in schema files, the protocol's JSON on the wire.</summary>
public sealed class ValueTypeTests
{
    [Theory]
    [InlineData("string", "\"string\"")]
    [InlineData("number", "\"number\"")]
    [InlineData("bool", "\"bool\"")]
    [InlineData("any", "\"dynamic\"")]
    [InlineData("list(string)", """["list","string"]""")]
    [InlineData("set(number)", """["set","number"]""")]
    [InlineData("map(bool)", """["map","bool"]""")]
    [InlineData("map(list(set(any)))", """["map",["list",["set","dynamic"]]]""")]
    [InlineData("object({})", """["object",{}]""")]
    [InlineData(
        "set(object({a=string,b=list(number),c=object({d=bool})}))",
        """["set",["object",{"a":"string","b":["list","number"],"c":["object",{"d":"bool"}]}]]""")]
    public void A_type_is_the_same_in_both_notations(string notation, string wire)
    {
        var type = ValueType.Parse(notation);

        Assert.Equal(notation, type.ToString());
        Assert.Equal(wire, type.ToWire());
        Assert.Equal(notation, ValueType.FromWire(JsonNode.Parse(wire)).ToString());
        Assert.Equal(type, ValueType.FromWire(JsonNode.Parse(wire)));
        Assert.Equal(type.GetHashCode(), ValueType.Parse(notation).GetHashCode());
    }

    [Fact]
    public void A_tuple_comes_over_the_wire_only()
    {
        const string Wire = """["tuple",["string",["list","bool"]]]""";
        var type = ValueType.FromWire(JsonNode.Parse(Wire));

        Assert.Equal("tuple([string,list(bool)])", type.ToString());
        Assert.Equal(Wire, type.ToWire());
        Assert.NotEqual(type, ValueType.FromWire(JsonNode.Parse("""["tuple",["string"]]""")));
    }

    [Theory]
    [InlineData("list(string)", "set(string)")]
    [InlineData("list(string)", "list(number)")]
    [InlineData("object({a=string})", "object({b=string})")]
    [InlineData("object({a=string})", "object({a=string,b=string})")]
    public void Types_that_differ_are_not_equal(string one, string other) => Assert.NotEqual(ValueType.Parse(one), ValueType.Parse(other));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("String")]
    [InlineData("list")]
    [InlineData("list()")]
    [InlineData("list(string")]
    [InlineData("list(string))")]
    [InlineData("list(string,number)")]
    [InlineData("map(string) ")]
    [InlineData("object()")]
    [InlineData("object({a})")]
    [InlineData("object({a=})")]
    [InlineData("object({=string})")]
    [InlineData("object({a=string b=string})")]
    [InlineData("object({a=stringb=string})")]
    [InlineData("object({a=string,a=number})")]
    [InlineData("object({a=string)")]
    public void What_is_not_a_type_is_refused(string notation)
    {
        var refusal = Assert.Throws<FormatException>(() => ValueType.Parse(notation));

        Assert.Contains($"\"{notation}\"", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""["list"]""")]
    [InlineData("""["list",null]""")]
    [InlineData("""["bag","string"]""")]
    [InlineData("""["tuple","string"]""")]
    [InlineData("""["object",["string"]]""")]
    [InlineData("""[["list","string"],"string"]""")]
    public void What_is_not_a_type_on_the_wire_is_refused(string wire) => Assert.Throws<FormatException>(() => ValueType.FromWire(JsonNode.Parse(wire)));
}
