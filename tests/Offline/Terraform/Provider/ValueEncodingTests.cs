using System.Text;
using Causeway.Provider.Values;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>MessagePack between Terraform and the provider, at every boundary of its sizes: https://github.com/msgpack/msgpack/blob/master/spec.md.</summary>
public sealed class ValueEncodingTests
{
    [Theory]
    [InlineData("string", "\"\"")]
    [InlineData("string", "\"ä€😀\"")]
    [InlineData("string", "null")]
    [InlineData("string", "\"?\"")]
    [InlineData("bool", "true")]
    [InlineData("bool", "false")]
    [InlineData("number", "0")]
    [InlineData("number", "127")]
    [InlineData("number", "128")]
    [InlineData("number", "-1")]
    [InlineData("number", "-9223372036854775808")]
    [InlineData("number", "9223372036854775807")]
    [InlineData("number", "9223372036854775808")]
    [InlineData("number", "0.1")]
    [InlineData("number", "-123456789012345678901234567890.5")]
    [InlineData("list(string)", "[]")]
    [InlineData("list(string)", """["a", null, "?"]""")]
    [InlineData("set(number)", "[3, 1, 2]")]
    [InlineData("map(list(bool))", """{ "a": [true], "b": null, "c": "?" }""")]
    [InlineData("object({a=string,b=object({c=number})})", """{ "a": "x", "b": { "c": 1 } }""")]
    [InlineData("object({a=string,b=object({c=number})})", """{ "a": null, "b": "?" }""")]
    [InlineData("any", "null")]
    [InlineData("any", "\"?\"")]
    public void What_is_written_reads_back(string type, string json)
    {
        var kind = ValueType.Parse(type);
        var value = Written.Json(json, kind);

        Assert.Equal(value, ValueEncoding.Read(ValueEncoding.Write(value, kind), kind));
    }

    [Theory]
    [InlineData("string", "\"text\"")]
    [InlineData("string", "null")]
    [InlineData("string", "\"?\"")]
    [InlineData("object({a=number,b=list(string)})", """{ "a": 1, "b": ["x"] }""")]
    [InlineData("map(any)", "{}")]
    public void A_value_of_any_type_brings_its_type(string type, string json)
    {
        var value = new Value.Typed(ValueType.Parse(type), Written.Json(json, ValueType.Parse(type)));

        Assert.Equal(value, ValueEncoding.Read(ValueEncoding.Write(value, ValueType.Any), ValueType.Any));
    }

    [Fact]
    public void A_value_of_any_type_without_a_type_gets_that_of_its_shape()
    {
        var read = Assert.IsType<Value.Typed>(
            ValueEncoding.Read(ValueEncoding.Write(Written.Json("""{ "a": [1, "x", true] }"""), ValueType.Any), ValueType.Any));

        Assert.Equal("object({a=tuple([number,string,bool])})", read.Type.ToString());
        Assert.Equal(Written.Json("""{ "a": [1, "x", true] }"""), read.Content);
    }

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void A_text_has_the_shortest_head_that_holds_its_length(int length, string head)
    {
        var value = Value.Of(new string('x', length));
        var bytes = ValueEncoding.Write(value, ValueType.String);

        Assert.Equal(head, Convert.ToHexStringLower(bytes[..(head.Length / 2)]));
        Assert.Equal((head.Length / 2) + length, bytes.Length);
        Assert.Equal(value, ValueEncoding.Read(bytes, ValueType.String));
    }

    [Theory]
    [InlineData(15, "9f")]
    [InlineData(16, "dc0010")]
    [InlineData(65535, "dcffff")]
    [InlineData(65536, "dd00010000")]
    public void A_list_has_the_shortest_head_that_holds_its_count(int count, string head)
    {
        var type = ValueType.Parse("list(number)");
        var value = Value.List(Enumerable.Range(0, count).Select(item => Value.Of(item % 100)));
        var bytes = ValueEncoding.Write(value, type);

        Assert.Equal(head, Convert.ToHexStringLower(bytes[..(head.Length / 2)]));
        Assert.Equal(value, ValueEncoding.Read(bytes, type));
    }

    [Theory]
    [InlineData(15, "8f")]
    [InlineData(16, "de0010")]
    [InlineData(65536, "df00010000")]
    public void A_map_has_the_shortest_head_that_holds_its_count(int count, string head)
    {
        var type = ValueType.Parse("map(number)");
        var value = Value.Object(Enumerable.Range(0, count).Select(item => KeyValuePair.Create($"{item}", Value.Of(item % 100))));
        var bytes = ValueEncoding.Write(value, type);

        Assert.Equal(head, Convert.ToHexStringLower(bytes[..(head.Length / 2)]));
        Assert.Equal(value, ValueEncoding.Read(bytes, type));
    }

    [Theory]
    [InlineData("7f", "127")]
    [InlineData("e0", "-32")]
    [InlineData("ff", "-1")]
    [InlineData("ccff", "255")]
    [InlineData("cdffff", "65535")]
    [InlineData("ceffffffff", "4294967295")]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("d080", "-128")]
    [InlineData("d18000", "-32768")]
    [InlineData("d280000000", "-2147483648")]
    [InlineData("d38000000000000000", "-9223372036854775808")]
    [InlineData("ca3f000000", "0.5")]
    [InlineData("cb3fe0000000000000", "0.5")]
    [InlineData("cbc059000000000000", "-100")]
    [InlineData("cb43f0000000000000", "18446744073709551616")]
    [InlineData("cb3e10000000000000", "0.000000000931322574615478515625")]
    [InlineData("a4312e3235", "1.25")]
    [InlineData("d9053165333030", "1e300")]
    public void A_number_is_read_whatever_its_width(string hex, string digits) =>
        Assert.Equal(new Value.Number(digits), ValueEncoding.Read(Convert.FromHexString(hex), ValueType.Number));

    [Theory]
    [InlineData("d40000")]
    [InlineData("d5000000")]
    [InlineData("d60000000000")]
    [InlineData("d7000000000000000000")]
    [InlineData("d80000000000000000000000000000000000")]
    [InlineData("c7030c8101c2")]
    [InlineData("c700 0c")]
    [InlineData("c800020c8080")]
    [InlineData("c9000000030c8101c2")]
    public void What_is_unknown_is_unknown_with_whatever_is_promised_of_it(string hex)
    {
        byte[] unknown = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(Value.Unknown, ValueEncoding.Read(unknown, ValueType.Parse("list(string)")));

        // What stands behind it is read from the right place.
        Assert.Equal(Written.Json("""["?", "a"]"""), ValueEncoding.Read([0x92, .. unknown, 0xa1, (byte)'a'], ValueType.Parse("list(string)")));
    }

    [Theory]
    [InlineData("c40161")]
    [InlineData("c5000161")]
    [InlineData("c60000000161")]
    public void A_text_may_come_as_bytes(string hex) => Assert.Equal(Value.Of("a"), ValueEncoding.Read(Convert.FromHexString(hex), ValueType.String));

    [Theory]
    [InlineData("", "string")]
    [InlineData("01", "string")]
    [InlineData("a3ab", "string")]
    [InlineData("d9", "string")]
    [InlineData("da00", "string")]
    [InlineData("dbffffffff", "string")]
    [InlineData("a1ff", "string")]
    [InlineData("a16161", "string")]
    [InlineData("c0c0", "string")]
    [InlineData("01", "bool")]
    [InlineData("c3", "number")]
    [InlineData("cd00", "number")]
    [InlineData("cb7ff8000000000000", "number")]
    [InlineData("cb7ff0000000000000", "number")]
    [InlineData("a3616263", "number")]
    [InlineData("a0", "number")]
    [InlineData("92a161", "list(string)")]
    [InlineData("80", "list(string)")]
    [InlineData("ddffffffff", "list(string)")]
    [InlineData("dd7fffffff", "list(string)")]
    [InlineData("df7fffffff", "map(string)")]
    [InlineData("8101c0", "map(string)")]
    [InlineData("81a162c0", "object({a=string})")]
    [InlineData("81a161", "object({a=string})")]
    [InlineData("d400", "string")]
    [InlineData("c7", "string")]
    [InlineData("c7ff0c", "string")]
    [InlineData("c9ffffffff0c", "string")]
    [InlineData("a161", "any")]
    [InlineData("91a161", "any")]
    [InlineData("92a161a161", "any")]
    [InlineData("92a3226122a161", "any")]
    [InlineData("c1", "string")]
    public void Broken_bytes_are_refused(string hex, string type)
    {
        var refusal = Assert.Throws<FormatException>(() => ValueEncoding.Read(Convert.FromHexString(hex), ValueType.Parse(type)));

        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void Every_way_of_breaking_a_message_off_is_refused()
    {
        var type = ValueType.Parse("object({a=string,b=list(number),c=map(bool),d=any,e=set(object({f=string}))})");
        var value = Written.Json("""{ "a": "text", "b": [1, 300, 0.25], "c": { "x": true }, "d": null, "e": [{ "f": "?" }] }""", type);
        var bytes = ValueEncoding.Write(value, type);

        Assert.Equal(value, ValueEncoding.Read(bytes, type));
        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<FormatException>(() => ValueEncoding.Read(bytes.AsSpan(0, length), type)));
    }

    [Fact]
    public void No_byte_turned_breaks_more_than_the_message()
    {
        var type = ValueType.Parse("object({a=string,b=list(number),c=map(bool),d=any,e=set(object({f=string}))})");
        var bytes = ValueEncoding.Write(
            Written.Json("""{ "a": "text", "b": [1, 300, 0.25], "c": { "x": true }, "d": { "type": "string", "value": "y" }, "e": [{ "f": "?" }] }""", type), type);
        var refused = 0;

        for (var position = 0; position < bytes.Length; position++)
        {
            for (var turned = 0; turned <= byte.MaxValue; turned++)
            {
                byte[] broken = [.. bytes];
                broken[position] = (byte)turned;

                try
                {
                    ValueEncoding.Read(broken, type);
                }
                catch (FormatException)
                {
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 1, bytes.Length * 256);
        Assert.Contains("text", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
