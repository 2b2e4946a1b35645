using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.ComputedValues.Aws;
using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;
using Attribute = Causeway.Provider.Schemas.Attribute;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Planning;

/// <summary>
/// The values the cloud would set, in the shapes the cloud gives them: by the traits' templates where there are any, otherwise by an attribute's name and type.
/// The same seed gives the same values.
/// </summary>
/// <remarks>Traits/README.md lists the placeholders of templates.</remarks>
/// <param name="lookup">Other resources, present and past; null for a data source.</param>
internal sealed class Believable(
    string type, Block block, TypeTraits traits, ProviderContext context, string seed, Value planned, DateTimeOffset now, ResourceLookup? lookup = null)
{
    private readonly Dictionary<string, Value> filled = [];
    private readonly HashSet<string> filling = [];
    private readonly List<string> issued = [];

    // Which elements of lists, sets and maps the value at hand stands in: each gets values of its own.
    private string place = "";

    /// <summary>What is left unknown in <c>planned</c> becomes known.</summary>
    /// <returns>The values, and the identities among what was filled in.</returns>
    public (Value Values, IReadOnlyList<string> Issued) Fill()
    {
        var members = block.Attributes.Keys.Concat(block.Blocks.Keys).Select(name => KeyValuePair.Create(name, Root(name))).ToArray();

        return (Value.Object(members), [.. issued.Where(Identity.IsIdentity).Distinct()]);
    }

    private Value Root(string name)
    {
        if (filled.TryGetValue(name, out var known))
        {
            return known;
        }

        // Two templates that need each other: neither can be had.
        if (!filling.Add(name))
        {
            return Value.Null;
        }

        var outside = place;
        place = "";
        var value = block.Attributes.TryGetValue(name, out var attribute)
            ? Attribute(attribute, planned[name], name, name, Value.Null)
            : Blocks(block.Blocks[name], planned[name], name);
        place = outside;
        filling.Remove(name);

        return filled[name] = value;
    }

    private Value? Given(string path) =>
        traits.ValuesWhen.Where(when => when.Value.ContainsKey(path) && Condition.Holds(when.Key, planned)).Select(when => when.Value[path]).FirstOrDefault()
            ?? traits.Values.GetValueOrDefault(path);

    private Value Attribute(Attribute attribute, Value value, string name, string path, Value within)
    {
        if (!value.IsUnknown)
        {
            return value.IsWhollyKnown
                ? value
                : attribute.Nested is { } nested
                    ? Nested(nested.Nesting, nested.Block, value, path)
                    : Known(value, attribute.Type, name, path, Given(path), within);
        }

        if (Given(path) is { } given)
        {
            return Expand(given, path, within).Conform(attribute.Type);
        }

        if (attribute.Nested is { } made)
        {
            return made.Nesting is Nesting.Single ? Nested(made.Nesting, made.Block, Unknowns(made.Block), path) : Conformed([], attribute.Type);
        }

        return OfType(attribute.Type, name, path);
    }

    private Value Blocks(NestedBlock nested, Value value, string path) =>
        value.IsUnknown
            ? nested.Nesting is Nesting.Single ? Value.Null
            : Value.List(Array.Empty<Value>()) : value.IsWhollyKnown ? value : Nested(nested.Nesting, nested.Block, value, path);

    private Value Nested(Nesting nesting, Block content, Value value, string path) => nesting switch
    {
        Nesting.Single => Members(content, value, path),
        Nesting.List => Value.List(value.Items.Select((item, position) => Element(content, item, path, $"{position}"))),
        Nesting.Set => Value.Set(value.Items.Select((item, position) => Element(content, item, path, $"{position}"))),
        _ => Value.Object(((Value.Mapping)value).Members.Select(member => KeyValuePair.Create(member.Key, Element(content, member.Value, path, member.Key)))),
    };

    private Value Element(Block content, Value value, string path, string element)
    {
        var outside = place;
        place = $"{outside}{element}/";
        var members = Members(content, value, path);
        place = outside;

        return members;
    }

    private Value Members(Block content, Value value, string path) => value.IsNull || value.IsUnknown ? Value.Null : Value.Object(
        content.Attributes.Select(
            attribute => KeyValuePair.Create(attribute.Key, Attribute(attribute.Value, value[attribute.Key], attribute.Key, $"{path}.{attribute.Key}", value)))
            .Concat(content.Blocks.Select(nested => KeyValuePair.Create(nested.Key, Blocks(nested.Value, value[nested.Key], $"{path}.{nested.Key}")))));

    private Value OfType(ValueType kind, string name, string path) => kind.Kind switch
    {
        "string" => Issue(Text(name, path)),
        "number" => Value.Of(0),
        "bool" => Value.Of(false),
        "object" => Value.Object(kind.Attributes.Select(member => KeyValuePair.Create(member.Key, Inside(member.Value, member.Key, $"{path}.{member.Key}")))),
        // What describes the resource comes as a list of one; read-only sets are mostly empty.
        "list" when kind.Element!.Kind is "object" => Value.List([OfType(kind.Element, name, path)]),
        "map" => Value.Object(),
        "any" => Value.Null,
        _ => Conformed([], kind),
    };

    // A value of which parts are known; the traits may say what the whole is like, and elements of it stand for all.
    private Value Known(Value value, ValueType kind, string name, string path, Value? like, Value within) => value switch
    {
        Value.UnknownValue when like is not null => Expand(like, path, within).Conform(kind),
        Value.UnknownValue => Inside(kind, name, path),
        Value.Sequence sequence => Value.List(sequence.Contents.Select((item, position) =>
            Known(item, kind.Element!, name, $"{path}.{position}", like is Value.Sequence { Contents: [var first, ..] } ? first : null, within))).Conform(kind),
        Value.Mapping mapping => Value.Object(mapping.Members.Select(member => KeyValuePair.Create(
            member.Key,
            Known(
                member.Value,
                kind.Kind is "map" ? kind.Element! : kind.Attributes[member.Key],
                member.Key,
                $"{path}.{member.Key}",
                like is Value.Mapping all && all.Members.TryGetValue(member.Key, out var one) ? one : null,
                mapping)))),
        _ => value,
    };

    private Value Inside(ValueType kind, string name, string path) =>
        Given(path) is { } given ? Expand(given, path, Value.Null).Conform(kind) : OfType(kind, name, path);

    private static Value Conformed(IReadOnlyList<Value> items, ValueType kind) => (kind.Kind is "map" ? Value.Object() : Value.List(items)).Conform(kind);

    private static Value Unknowns(Block content) => Value.Object(content.Attributes.Keys.Select(name => KeyValuePair.Create(name, Value.Unknown)));

    private string Text(string name, string path) => path switch
    {
        "id" => traits.Id is { } id ? Template(id, path) : Named() ?? $"{Kind()}-{Tail(path, 17)}",
        "arn" => traits.Arn is { } arn ? Template(arn, path) : Template($"arn:{{partition}}:{Service()}:{{region}}:{{account}}:{Kind()}/{{id}}", path),
        _ => ByName(name, path),
    };

    private string ByName(string name, string path) => name switch
    {
        "name" => $"terraform-{Digits(path, 26)}",
        "region" => context.Region,
        "owner_id" or "account_id" or "registry_id" or "owner" => context.Account,
        "hosted_zone_id" or "zone_id" => $"Z{Upper(path, 20)}",
        "status" or "state" => "ACTIVE",
        "version_id" or "etag" => Hex(path, 32),
        "uuid" or "unique_id" => Uuid(path),
        "fingerprint" or "checksum" => Hex(path, 40),
        _ when name.EndsWith("_arn", StringComparison.Ordinal) =>
            Template($"arn:{{partition}}:{Service()}:{{region}}:{{account}}:{name[..^4].Replace('_', '-')}/{{hex17}}", path),
        _ when name.EndsWith("_id", StringComparison.Ordinal) => $"{name[..^3].Replace('_', '-')}-{Tail(path, 17)}",
        _ when name.EndsWith("_url", StringComparison.Ordinal) || name is "url" => $"https://{Hex(path, 10)}.{Service()}.{context.Region}.{context.DnsSuffix}/",
        _ when name.EndsWith("endpoint", StringComparison.Ordinal)
            || name.EndsWith("dns_name", StringComparison.Ordinal)
            || name.EndsWith("domain_name", StringComparison.Ordinal)
            || name is "domain" or "address" or "hostname" or "fqdn"
            => $"{Hex(path, 10)}.{Service()}.{context.Region}.{context.DnsSuffix}",
        _ when name.EndsWith("_at", StringComparison.Ordinal)
            || name.EndsWith("_date", StringComparison.Ordinal)
            || name.EndsWith("_time", StringComparison.Ordinal)
            || name.EndsWith("_modified", StringComparison.Ordinal)
            => now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        _ when name.Contains("ipv6", StringComparison.Ordinal) => "",
        _ when name.EndsWith("_ip", StringComparison.Ordinal) || name.EndsWith("ip_address", StringComparison.Ordinal) =>
            $"10.{Hash(path)[0]}.{Hash(path)[1]}.{1 + (Hash(path)[2] % 250)}",
        _ when name.EndsWith("version", StringComparison.Ordinal) => "1",
        _ => "",
    };

    private Value Expand(Value given, string path, Value within) => given switch
    {
        Value.Text text => Issue(Template(text.Content, path, within)),
        Value.Sequence sequence => Value.List(sequence.Contents.Select((item, position) => Expand(item, $"{path}.{position}", within))),
        Value.Mapping mapping =>
            Value.Object(mapping.Members.Select(member => KeyValuePair.Create(member.Key, Expand(member.Value, $"{path}.{member.Key}", within)))),
        _ => given,
    };

    private Value Issue(string text)
    {
        issued.Add(text);

        return Value.Of(text);
    }

    private string Template(string template, string path, Value? within = null)
    {
        var text = new StringBuilder();

        for (var position = 0; position < template.Length;)
        {
            var open = template.IndexOf('{', position);
            var close = open < 0 ? -1 : template.IndexOf('}', open);

            // JSON in a template has braces of its own, with no name behind them.
            while (close >= 0 && !char.IsAsciiLetterLower(template[open + 1]) && template[open + 1] is not '\'')
            {
                open = template.IndexOf('{', open + 1);
                close = open < 0 ? -1 : template.IndexOf('}', open);
            }

            if (close < 0)
            {
                text.Append(template, position, template.Length - position);
                break;
            }

            text.Append(template, position, open - position).Append(Placeholder(template[(open + 1)..close], $"{path}:{open}", within ?? Value.Null));
            position = close + 1;
        }

        return text.ToString();
    }

    private string Placeholder(string name, string path, Value within)
    {
        var word = name.TrimEnd("0123456789".ToCharArray());
        var size = word.Length == name.Length ? 0 : int.Parse(name[word.Length..], CultureInfo.InvariantCulture);

        return (word, size) switch
        {
            ("partition", 0) => context.Partition,
            ("region", 0) when !block.Attributes.ContainsKey("region") => context.Region,
            ("region", 0) => Root("region").AsText ?? context.Region,
            ("account", 0) => context.Account,
            ("dns", 0) => context.DnsSuffix,
            ("uuid", 0) => Uuid(path),
            ("now", 0) => now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ("hex", 17) => Tail(path, 17),
            ("hex", > 0) => Hex(path, size),
            ("digits", > 0) => Digits(path, size),
            ("letters", > 0) => Letters(path, size, 'a'),
            ("upper", > 0) => Upper(path, size),
            ("next", 0) => Next(path, ""),
            ("azid", 0) => ZoneId(AttributeText("availability_zone", within)),
            _ when name.StartsWith("next:", StringComparison.Ordinal) => Next(path, name["next:".Length..]),
            _ => name.Split('|').Select(one => Alternative(one, within)).FirstOrDefault(text => text is { Length: > 0 }) ?? "",
        };
    }

    // One of the texts that a placeholder names between bars: a literal, or an attribute's.
    private string? Alternative(string one, Value within) =>
        one is ['\'', .. var literal, '\''] ? literal
        : one.StartsWith("bare:", StringComparison.Ordinal) ? Bare(AttributeText(one["bare:".Length..], within))
        : AttributeText(one, within);

    // One more than the attribute was, or than how many of the name there ever were.
    private string Next(string path, string by) =>
        (lookup?.Next(path.Split(':')[0], by, by is "" ? "" : AttributeText(by, Value.Null) ?? "") ?? 1).ToString(CultureInfo.InvariantCulture);

    // Without the scheme of an address, the slash that a path begins with, or the label that stands for any.
    private static string? Bare(string? text)
    {
        var bare = text?.Split("://")[^1].TrimStart('/');

        return bare?.StartsWith("*.", StringComparison.Ordinal) is true ? bare[2..] : bare;
    }

    // The id of a zone by its name, as the data sources of zones tell it.
    private string ZoneId(string? zone) =>
        Region.Find(context.Region)?.Zones is { } zones ? (zones.FirstOrDefault(known => known.Name == zone) ?? zones[0]).Id : "";

    // `a.b` goes through the first element of lists, and from what names a resource to that resource.
    private string? AttributeText(string path, Value within)
    {
        string[] steps = path.Split('.');
        var start = within[steps[0]] is { IsNull: false, IsUnknown: false } sibling ? sibling
            : block.Attributes.ContainsKey(steps[0]) || block.Blocks.ContainsKey(steps[0]) ? Root(steps[0])
            : Value.Null;
        var value = steps.Skip(1).Aggregate(start, (from, step) => First(from) switch
        {
            Value.Mapping mapping => mapping[step],
            Value.Text name => lookup?.Find(name.Content, step) ?? Value.Null,
            _ => Value.Null,
        });

        return First(value) switch
        {
            Value.Text text => text.Content,
            Value.Number number => number.Digits,
            _ => null,
        };
    }

    private static Value First(Value value) => value switch
    {
        Value.Sequence { Contents: [var first, ..] } => first,
        Value.Sequence => Value.Null,
        _ => value,
    };

    // The argument that names it, where it has one.
    private string? Named() => block.Attributes.TryGetValue("name", out var name) && (name.Required || name.Optional) ? Root("name").AsText : null;

    private string Service() => ServicePrefix.Of(type);

    private string Kind() => string.Join('-', type.Split('_')[(type.Count(letter => letter is '_') > 1 ? 2 : 1)..]);

    private byte[] Hash(string path) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{type}\n{place}{path}"));

    private string Tail(string path, int length) => $"0{Hex(path, length - 1)}";

    private string Hex(string path, int length) => Drawn(path, length, "0123456789abcdef");

    private string Digits(string path, int length) => Drawn(path, length, "0123456789");

    private string Letters(string path, int length, char first) =>
        Drawn(path, length, string.Concat(Enumerable.Range(first, 26).Select(letter => (char)letter)));

    private string Upper(string path, int length) => Drawn(path, length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    private string Drawn(string path, int length, string alphabet) =>
        string.Concat(Enumerable.Range(0, length).Select(position => alphabet[Hash($"{path}/{position / 32}")[position % 32] % alphabet.Length]));

    private string Uuid(string path)
    {
        var bytes = Hash(path)[..16];
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);

        return new Guid(bytes).ToString();
    }
}
