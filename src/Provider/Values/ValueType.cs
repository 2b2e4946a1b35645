using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Provider.Values;

/// <summary>
/// A type of Terraform's language: <c>string</c>, <c>number</c>, <c>bool</c>, <c>any</c> (decided by the value), <c>list</c>, <c>set</c> and <c>map</c> of one
/// element type, <c>object</c> of named attributes, <c>tuple</c> of types by position.
/// </summary>
internal sealed class ValueType : IEquatable<ValueType>
{
    public static readonly ValueType String = new("string");
    public static readonly ValueType Number = new("number");
    public static readonly ValueType Bool = new("bool");
    public static readonly ValueType Any = new("any");

    private ValueType(string kind) => Kind = kind;

    /// <summary><c>string</c>, <c>number</c>, <c>bool</c>, <c>any</c>, <c>list</c>, <c>set</c>, <c>map</c>, <c>object</c> or <c>tuple</c>.</summary>
    public string Kind { get; }

    /// <summary>Of a list, set or map.</summary>
    public ValueType? Element { get; private init; }

    /// <summary>Of an object, by name.</summary>
    public IReadOnlyDictionary<string, ValueType> Attributes { get; private init; } = new Dictionary<string, ValueType>();

    /// <summary>Of a tuple, by position.</summary>
    public IReadOnlyList<ValueType> Elements { get; private init; } = [];

    public static ValueType List(ValueType element) => new("list") { Element = element };

    public static ValueType Set(ValueType element) => new("set") { Element = element };

    public static ValueType Map(ValueType element) => new("map") { Element = element };

    public static ValueType Object(IReadOnlyDictionary<string, ValueType> attributes) => new("object") { Attributes = attributes };

    public static ValueType Tuple(IReadOnlyList<ValueType> elements) => new("tuple") { Elements = elements };

    /// <summary>Reads the notation of the Terraform language without spaces: <c>map(list(object({name=string,port=number})))</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ValueType Parse(string text)
    {
        var position = 0;
        var type = Read(text, ref position);

        return position == text.Length ? type : throw Wrong(text, position);
    }

    /// <summary>The JSON in which the plugin protocol writes types: <c>"string"</c>, <c>["list","string"]</c>, <c>["object",{"a":"bool"}]</c>.</summary>
    public string ToWire()
    {
        var json = new StringBuilder();
        WriteWire(json);

        return json.ToString();
    }

    /// <summary>Reads what <see cref="ToWire"/> writes.</summary>
    /// <exception cref="FormatException">It is not a type.</exception>
    public static ValueType FromWire(JsonNode? wire) => wire switch
    {
        JsonArray { Count: 2 } pair => (Text(pair[0]), pair[1]) switch
        {
            ("list", var element) => List(FromWire(element)),
            ("set", var element) => Set(FromWire(element)),
            ("map", var element) => Map(FromWire(element)),
            ("tuple", JsonArray elements) => Tuple([.. elements.Select(FromWire)]),
            ("object", JsonObject members) => Object(members.ToDictionary(member => member.Key, member => FromWire(member.Value))),
            _ => throw new FormatException($"{wire.ToJsonString()} is not a type."),
        },
        _ => Text(wire) switch
        {
            "string" => String,
            "number" => Number,
            "bool" => Bool,
            "dynamic" => Any,
            _ => throw new FormatException($"{wire?.ToJsonString() ?? "null"} is not a type."),
        },
    };

    /// <summary>Whether both are the same type, wherever they were read.</summary>
    public bool Equals(ValueType? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Kind == other.Kind
            && Equals(Element, other.Element)
            && Elements.SequenceEqual(other.Elements)
            && Attributes.Count == other.Attributes.Count
            && Attributes.All(attribute => other.Attributes.TryGetValue(attribute.Key, out var same) && attribute.Value.Equals(same)));

    public override bool Equals(object? other) => Equals(other as ValueType);

    public override int GetHashCode() => HashCode.Combine(Kind, Element, Elements.Count, Attributes.Count);

    public override string ToString() => Kind switch
    {
        "list" or "set" or "map" => $"{Kind}({Element})",
        "object" => $"object({{{string.Join(',', Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"))}}})",
        "tuple" => $"tuple([{string.Join(',', Elements)}])",
        _ => Kind,
    };

    private void WriteWire(StringBuilder json)
    {
        switch (Kind)
        {
            case "any":
                json.Append("\"dynamic\"");
                break;
            case "list" or "set" or "map":
                json.Append("[\"").Append(Kind).Append("\",");
                Element!.WriteWire(json);
                json.Append(']');
                break;
            case "tuple":
                json.Append("[\"tuple\",[");

                foreach (var (position, element) in Elements.Index())
                {
                    json.Append(position == 0 ? "" : ",");
                    element.WriteWire(json);
                }

                json.Append("]]");
                break;
            case "object":
                json.Append("[\"object\",{");
                var first = true;

                foreach (var (name, type) in Attributes)
                {
                    json.Append(first ? "\"" : ",\"").Append(name).Append("\":");
                    type.WriteWire(json);
                    first = false;
                }

                json.Append("}]");
                break;
            default:
                json.Append('"').Append(Kind).Append('"');
                break;
        }
    }

    private static ValueType Read(string text, ref int position)
    {
        var word = Word(text, ref position);

        switch (word)
        {
            case "string":
                return String;
            case "number":
                return Number;
            case "bool":
                return Bool;
            case "any":
                return Any;
            case "list" or "set" or "map":
                Expect(text, ref position, '(');
                var element = Read(text, ref position);
                Expect(text, ref position, ')');

                return word switch { "list" => List(element), "set" => Set(element), _ => Map(element) };
            case "object":
                Expect(text, ref position, '(');
                Expect(text, ref position, '{');
                var attributes = new Dictionary<string, ValueType>();

                while (position < text.Length && text[position] != '}')
                {
                    if (attributes.Count > 0)
                    {
                        Expect(text, ref position, ',');
                    }

                    var start = position;
                    var name = Word(text, ref position);
                    Expect(text, ref position, '=');

                    if (name is "" || !attributes.TryAdd(name, Read(text, ref position)))
                    {
                        throw Wrong(text, start);
                    }
                }

                Expect(text, ref position, '}');
                Expect(text, ref position, ')');

                return Object(attributes);
            default:
                throw Wrong(text, position);
        }
    }

    private static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Word(string text, ref int position)
    {
        var start = position;

        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '_' or '-'))
        {
            position++;
        }

        return text[start..position];
    }

    private static void Expect(string text, ref int position, char wanted)
    {
        if (position >= text.Length || text[position] != wanted)
        {
            throw Wrong(text, position);
        }

        position++;
    }

    private static FormatException Wrong(string text, int position) => new($"\"{text}\" is not a type of Terraform's language: see position {position}.");
}
