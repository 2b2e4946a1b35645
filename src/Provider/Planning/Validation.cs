using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Causeway.Provider.Schemas;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;
using Attribute = Causeway.Provider.Schemas.Attribute;

namespace Causeway.Provider.Planning;

/// <summary>Something wrong with a configuration.</summary>
/// <param name="Path">Steps: a string is an attribute or a key, a number an index.</param>
/// <param name="IsWarning">Whether it may be right all the same.</param>
internal sealed record Fault(IReadOnlyList<object> Path, string Summary, string Detail, bool IsWarning = false);

/// <summary>
/// Holds a configuration against its schema and its type's formats. Terraform itself checks much of this first; a provider must not rely on that.
/// </summary>
internal sealed class Validation(TypeTraits traits)
{
    private readonly List<Fault> faults = [];

    public static IReadOnlyList<Fault> Of(Block block, Value config, TypeTraits traits)
    {
        var validation = new Validation(traits);
        validation.Members(block, config, [], "");

        return validation.faults;
    }

    private void Members(Block block, Value config, IReadOnlyList<object> path, string name)
    {
        if (config.IsNull || config.IsUnknown)
        {
            return;
        }

        foreach (var (key, attribute) in block.Attributes)
        {
            Attribute(attribute, config[key], [.. path, key], Join(name, key), key);
        }

        foreach (var (key, nested) in block.Blocks)
        {
            Blocks(nested, config[key], [.. path, key], Join(name, key), key);
        }
    }

    private void Attribute(Attribute attribute, Value value, IReadOnlyList<object> path, string name, string key)
    {
        if (value.IsNull)
        {
            if (attribute.Required)
            {
                faults.Add(new(path, "Missing required argument", $"The argument \"{key}\" is required, but no definition was found."));
            }

            return;
        }

        if (attribute.ReadOnly)
        {
            faults.Add(new(path, "Value for unconfigurable attribute", $"Can't configure a value for \"{key}\": its value will be decided automatically " +
                "based on the result of applying this configuration."));

            return;
        }

        if (traits.Formats.TryGetValue(name, out var format))
        {
            Format(format, value, path, key);
        }

        if (attribute.Nested is { } nested)
        {
            foreach (var (step, item) in Steps(nested.Nesting, value))
            {
                Members(nested.Block, item, step is null ? path : [.. path, step], name);
            }
        }
    }

    private void Blocks(NestedBlock nested, Value value, IReadOnlyList<object> path, string name, string key)
    {
        if (value.IsUnknown)
        {
            return;
        }

        (object? Step, Value Item)[] items = [.. Steps(nested.Nesting, value)];

        // Elements of a set that are not known yet may turn out to be the same one.
        var counted = nested.Nesting is not Nesting.Set || value.IsWhollyKnown;

        if (counted && items.Length < nested.Min)
        {
            faults.Add(new(path, $"Insufficient {key} blocks", $"At least {nested.Min} \"{key}\" blocks are required, {items.Length} " +
                $"{(items.Length == 1 ? "was" : "were")} given."));
        }

        if (counted && nested.Max is { } max && items.Length > max)
        {
            faults.Add(new(path, $"Too many {key} blocks", $"No more than {max} \"{key}\" blocks are allowed, {items.Length} were given."));
        }

        foreach (var (step, item) in items)
        {
            Members(nested.Block, item, step is null ? path : [.. path, step], name);
        }
    }

    private static IEnumerable<(object? Step, Value Item)> Steps(Nesting nesting, Value value) => nesting switch
    {
        _ when value.IsNull || value.IsUnknown => [],
        Nesting.Single => [(null, value)],
        Nesting.Map => ((Value.Mapping)value).Members.Select(member => ((object?)member.Key, member.Value)),
        // Elements of a set have no address of their own.
        Nesting.Set => value.Items.Select(item => ((object?)null, item)),
        _ => value.Items.Select((item, position) => ((object?)(long)position, item)),
    };

    private void Format(string format, Value value, IReadOnlyList<object> path, string key)
    {
        IEnumerable<(IReadOnlyList<object> Path, Value Value)> values = value is Value.Sequence sequence
            ? sequence.Contents.Select((item, position) => ((IReadOnlyList<object>)[.. path, (long)position], item))
            : [(path, value)];

        foreach (var (place, item) in values)
        {
            if (item.AsText is { } text && Wrong(format, text) is { } wrong)
            {
                faults.Add(new(place, $"Invalid value for {key}", $"\"{text}\" {wrong}"));
            }
        }
    }

    private static string? Wrong(string format, string text) => format switch
    {
        "cidr" => IsNetwork(text, AddressFamily.InterNetwork) ? null : "is not an IPv4 network in CIDR notation, such as 10.0.0.0/16.",
        "cidr-network" => !IsNetwork(text, AddressFamily.InterNetwork) ? "is not an IPv4 network in CIDR notation, such as 10.0.0.0/16."
            : HostBitsAreZero(text) ? null : $"is the address of a host: all bits behind the first {text.Split('/')[1]} must be zero.",
        "ipv6-cidr" => IsNetwork(text, AddressFamily.InterNetworkV6) ? null : "is not an IPv6 network in CIDR notation.",
        "arn" => text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':').Length >= 6 || text is ""
            ? null
            : "is not an ARN (arn:partition:service:region:account:resource).",
        "json" => text is "" || IsJson(text) ? null : "contains invalid JSON.",
        _ => throw new InvalidOperationException($"{format} is not a format."),
    };

    // As Go reads networks: four decimal numbers without leading zeros, where .NET takes 10/8, 010.0.0.0 and 0x0a.0.0.0 as well.
    private static bool IsNetwork(string text, AddressFamily family) =>
        text.Split('/') is [var address, var bits] && IPAddress.TryParse(address, out var host) && host.AddressFamily == family
        && (family is AddressFamily.InterNetworkV6 || host.ToString() == address)
        && byte.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= (family is AddressFamily.InterNetwork ? 32 : 128);

    private static bool HostBitsAreZero(string text)
    {
        string[] parts = text.Split('/');
        var address = BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(parts[0]).GetAddressBytes());

        return (address & (uint)(((ulong)uint.MaxValue) >> int.Parse(parts[1], CultureInfo.InvariantCulture))) is 0;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";
}
