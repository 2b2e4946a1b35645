using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Provider.Values;

/// <summary>
/// A value of Terraform's language: known, null, or unknown until it is applied. Values carry no type of their own beyond their shape; what is expected where
/// is the schema's business. Sets are <see cref="Sequence"/>s in a canonical order (see <see cref="Canonical"/>), so that two equal sets are equal values.
/// </summary>
internal abstract partial record Value
{
    public static readonly Value Null = new NullValue();
    public static readonly Value Unknown = new UnknownValue();

    public bool IsNull => this is NullValue;

    public bool IsUnknown => this is UnknownValue;

    /// <summary>Whether nothing in it, at any depth, is unknown.</summary>
    public bool IsWhollyKnown => this switch
    {
        UnknownValue => false,
        Sequence sequence => sequence.Items.All(item => item.IsWhollyKnown),
        Mapping mapping => mapping.Members.Values.All(member => member.IsWhollyKnown),
        Typed typed => typed.Content.IsWhollyKnown,
        _ => true,
    };

    /// <summary>The text of a known string, otherwise null.</summary>
    public string? AsText => (this as Text)?.Content;

    public bool? AsBool => (this as Bool)?.Content;

    /// <summary>The items of a known list, set or tuple, otherwise none.</summary>
    public IReadOnlyList<Value> Items => (this as Sequence)?.Contents ?? [];

    /// <summary>The member of a known object or map, <see cref="Null"/> where there is none.</summary>
    public Value this[string name] => this is Mapping mapping && mapping.Members.TryGetValue(name, out var member) ? member : Null;

    public static Value Of(string text) => new Text(text);

    public static Value Of(bool content) => new Bool(content);

    public static Value Of(long number) => new Number(number.ToString(CultureInfo.InvariantCulture));

    public static Value List(IEnumerable<Value> items) => new Sequence([.. items]);

    public static Value List(IEnumerable<string> items) => new Sequence([.. items.Select(Of)]);

    /// <summary>In canonical order and without duplicates; what is not wholly known may turn out different from its like and stays.</summary>
    public static Value Set(IEnumerable<Value> items)
    {
        var ordered = items.Select(item => (Item: item, Text: item.Canonical())).OrderBy(pair => pair.Text, StringComparer.Ordinal).ToList();

        return new Sequence([
            .. ordered
                .Where((pair, position) => position == 0 || pair.Text != ordered[position - 1].Text || !pair.Item.IsWhollyKnown)
                .Select(pair => pair.Item)
        ]);
    }

    public static Value Object(IEnumerable<KeyValuePair<string, Value>> members) =>
        new Mapping(new SortedDictionary<string, Value>(new Dictionary<string, Value>(members), StringComparer.Ordinal));

    public static Value Object(params (string Name, Value Value)[] members) => Object(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));

    /// <summary>From plain JSON: numbers, strings, booleans, null, arrays (lists), objects.</summary>
    public static Value FromJson(JsonNode? json) => json switch
    {
        null => Null,
        JsonArray array => List(array.Select(FromJson)),
        JsonObject members => Object(members.Select(member => KeyValuePair.Create(member.Key, FromJson(member.Value)))),
        _ => json.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.True => Of(true),
            System.Text.Json.JsonValueKind.False => Of(false),
            System.Text.Json.JsonValueKind.Number => new Number(json.ToJsonString()),
            _ => Of((string)json!),
        },
    };

    /// <summary>To plain JSON; a value of an argument that takes any type becomes <c>type</c> and <c>value</c>, as in Terraform's state.</summary>
    /// <exception cref="InvalidOperationException">Something in it is unknown.</exception>
    public JsonNode? ToJson() => this switch
    {
        NullValue => null,
        UnknownValue => throw new InvalidOperationException("An unknown value has no JSON."),
        Bool flag => JsonValue.Create(flag.Content),
        Number number => JsonNode.Parse(number.Digits),
        Text text => JsonValue.Create(text.Content),
        Typed typed => new JsonObject { ["type"] = JsonNode.Parse(typed.Type.ToWire()), ["value"] = typed.Content.ToJson() },
        Sequence sequence => new JsonArray([.. sequence.Items.Select(item => item.ToJson())]),
        Mapping mapping => new JsonObject(mapping.Members.Select(member => KeyValuePair.Create(member.Key, member.Value.ToJson()))),
        _ => throw new InvalidOperationException($"{GetType().Name} is not a value."),
    };

    /// <summary>One text per value, equal exactly for equal values: the order of sets.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        Write(text);

        return text.ToString();
    }

    public sealed override string ToString() => Canonical();

    /// <summary>
    /// This value with the members, set order and kinds that <paramref name="type"/> wants: missing members are null, members it has not are dropped,
    /// texts of numbers and booleans become what they say. For values that come from elsewhere than Terraform itself.
    /// </summary>
    public Value Conform(ValueType type) => (this, type.Kind) switch
    {
        (NullValue or UnknownValue, _) => this,
        (Typed typed, not "any") => typed.Content.Conform(type),
        (Mapping mapping, "object") =>
            Object(type.Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, mapping[attribute.Key].Conform(attribute.Value)))),
        (Mapping mapping, "map") => Object(mapping.Members.Select(member => KeyValuePair.Create(member.Key, member.Value.Conform(type.Element!)))),
        (Sequence sequence, "list") => List(sequence.Contents.Select(item => item.Conform(type.Element!))),
        (Sequence sequence, "set") => Set(sequence.Contents.Select(item => item.Conform(type.Element!))),
        (Text text, "number") => new Number(text.Content),
        (Text text, "bool") => Of(text.Content is "true" or "1"),
        (Number number, "string") => Of(number.Digits),
        (Bool flag, "string") => Of(flag.Content ? "true" : "false"),
        (Mapping mapping, "any") when mapping.Members.Keys.ToHashSet().SetEquals(["type", "value"]) && mapping["type"] is not NullValue => OfState(mapping),
        _ => this,
    };

    // Terraform's state and the simulated cloud write a value of any type with its type beside it.
    private static Value OfState(Mapping mapping)
    {
        var type = ValueType.FromWire(mapping["type"].ToJson()!);

        return new Typed(type, mapping["value"].Conform(type));
    }

    /// <summary>The type its shape suggests: objects for members, tuples for items. Null and unknown are of any type.</summary>
    public ValueType Shape() => this switch
    {
        Text => ValueType.String,
        Bool => ValueType.Bool,
        Number => ValueType.Number,
        Typed typed => typed.Type,
        Sequence sequence => ValueType.Tuple([.. sequence.Items.Select(item => item.Shape())]),
        Mapping mapping => ValueType.Object(mapping.Members.ToDictionary(member => member.Key, member => member.Value.Shape())),
        _ => ValueType.Any,
    };

    private void Write(StringBuilder text)
    {
        switch (this)
        {
            case NullValue:
                text.Append("null");
                break;
            case UnknownValue:
                text.Append('?');
                break;
            case Bool flag:
                text.Append(flag.Content ? "true" : "false");
                break;
            case Number number:
                text.Append(number.Digits);
                break;
            case Text content:
                Quote(text, content.Content);
                break;
            case Sequence sequence:
                text.Append('[');

                foreach (var item in sequence.Items)
                {
                    item.Write(text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case Typed typed:
                text.Append(typed.Type).Append(':');
                typed.Content.Write(text);
                break;
            case Mapping mapping:
                text.Append('{');

                foreach (var (name, member) in mapping.Members)
                {
                    _ = name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? text.Append(name) : Quote(text, name);
                    text.Append('=');
                    member.Write(text);
                    text.Append(',');
                }

                text.Append('}');
                break;
        }
    }

    private static StringBuilder Quote(StringBuilder text, string content) =>
        text.Append('"').Append(content.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');

    internal sealed record NullValue : Value;

    internal sealed record UnknownValue : Value;

    internal sealed record Bool(bool Content) : Value;

    internal sealed record Text(string Content) : Value;

    /// <summary>
    /// A number in decimal digits, of any size: <c>3</c>, <c>-0.5</c>, <c>18446744073709551616</c>; written canonically, so that 1.0 and 1 are equal.
    /// </summary>
    internal sealed partial record Number : Value
    {
        /// <exception cref="FormatException">It is not a number.</exception>
        public Number(string digits) => Digits = Decimal().IsMatch(digits) ? Plain(digits) : throw new FormatException($"\"{digits}\" is not a number.");

        public string Digits { get; }

        [GeneratedRegex(@"^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,6})?\z")]
        private static partial Regex Decimal();

        private static string Plain(string digits)
        {
            var mark = digits.AsSpan().IndexOfAny('e', 'E');
            var mantissa = mark < 0 ? digits : digits[..mark];
            var exponent = mark < 0 ? 0 : int.Parse(digits.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            var unsigned = mantissa.TrimStart('-', '+');
            var point = unsigned.IndexOf('.');
            var all = point < 0 ? unsigned : unsigned.Remove(point, 1);
            var place = (point < 0 ? unsigned.Length : point) + exponent;

            // Far out, zeros would fill pages.
            if (Math.Abs((long)place) > 2000)
            {
                return digits;
            }

            all = place <= 0 ? all.PadLeft(all.Length - place, '0') : all.PadRight(place, '0');
            var whole = all[..Math.Max(place, 0)].TrimStart('0');
            var fraction = all[Math.Max(place, 0)..].TrimEnd('0');
            var text = $"{(whole is "" ? "0" : whole)}{(fraction is "" ? "" : $".{fraction}")}";

            return mantissa[0] is '-' && text is not "0" ? $"-{text}" : text;
        }
    }

    /// <summary>A value of an argument that takes any type, with the type it has.</summary>
    internal sealed record Typed(ValueType Type, Value Content) : Value;

    internal sealed record Sequence(IReadOnlyList<Value> Contents) : Value
    {
        public bool Equals(Sequence? other) => other is not null && Contents.SequenceEqual(other.Contents);

        public override int GetHashCode() => Contents.Aggregate(17, (hash, item) => HashCode.Combine(hash, item));
    }

    internal sealed record Mapping(SortedDictionary<string, Value> Members) : Value
    {
        public bool Equals(Mapping? other) => other is not null && Members.Count == other.Members.Count && Members.SequenceEqual(other.Members);

        public override int GetHashCode() => Members.Aggregate(19, (hash, member) => HashCode.Combine(hash, member.Key, member.Value));
    }
}
