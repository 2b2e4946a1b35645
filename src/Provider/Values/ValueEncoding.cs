using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MessagePack;

namespace Causeway.Provider.Values;

/// <summary>
/// The wire format of values between Terraform and its providers: MessagePack, driven by the schema's types; an unknown value is an extension of any code.
/// Sources: https://github.com/msgpack/msgpack/blob/master/spec.md and Terraform's docs/plugin-protocol/object-wire-format.md.
/// </summary>
internal static class ValueEncoding
{
    // Invalid UTF-8 is refused, not replaced.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly ExtensionResult Unknown = new(0, new byte[1]);

    /// <exception cref="FormatException">The bytes are not a value of <paramref name="type"/>.</exception>
    public static Value Read(ReadOnlySpan<byte> bytes, ValueType type)
    {
        var reader = new MessagePackReader(bytes.ToArray());

        try
        {
            var value = Read(ref reader, type);

            return reader.End ? value : throw new FormatException($"Bytes are left over behind the value of type {type}.");
        }
        catch (Exception wrong) when (wrong is MessagePackSerializationException or EndOfStreamException or OverflowException
            or System.Text.Json.JsonException or DecoderFallbackException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The bytes are not a value of type {type}: {wrong.Message}", wrong);
        }
    }

    public static byte[] Write(Value value, ValueType type)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        Write(ref writer, value, type);
        writer.Flush();

        return buffer.WrittenSpan.ToArray();
    }

    private static Value Read(ref MessagePackReader reader, ValueType type)
    {
        if (reader.TryReadNil())
        {
            return Value.Null;
        }

        if (reader.NextMessagePackType is MessagePackType.Extension)
        {
            reader.Skip();

            return Value.Unknown;
        }

        switch (type.Kind)
        {
            case "string":
                return Value.Of(ReadText(ref reader));
            case "bool":
                return Value.Of(reader.ReadBoolean());
            case "number":
                return new Value.Number(ReadNumber(ref reader));
            case "list" or "set":
                var items = new Value[reader.ReadArrayHeader()];

                for (var item = 0; item < items.Length; item++)
                {
                    items[item] = Read(ref reader, type.Element!);
                }

                return type.Kind is "set" ? Value.Set(items) : Value.List(items);
            case "tuple":
                var count = reader.ReadArrayHeader();
                var elements = count == type.Elements.Count
                    ? new Value[count]
                    : throw new FormatException($"{count} items are not a {type}, which has {type.Elements.Count}.");

                for (var element = 0; element < count; element++)
                {
                    elements[element] = Read(ref reader, type.Elements[element]);
                }

                return Value.List(elements);
            case "map" or "object":
                var members = new Dictionary<string, Value>();

                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    var name = ReadText(ref reader);
                    var member = type.Kind is "map" ? type.Element! : type.Attributes.GetValueOrDefault(name);
                    members[name] = Read(ref reader, member ?? throw new FormatException($"There is no attribute {name} in {type}."));
                }

                return Value.Object(members);
            default:
                // Of any type: a pair of the type's JSON and the value.
                _ = reader.ReadArrayHeader() is 2 ? 2 : throw new FormatException("A value of any type is a pair of type and value.");
                var actual = ValueType.FromWire(JsonNode.Parse(ReadText(ref reader))!);

                return new Value.Typed(actual, Read(ref reader, actual));
        }
    }

    private static string ReadText(ref MessagePackReader reader)
    {
        var bytes = (reader.NextMessagePackType is MessagePackType.Binary ? reader.ReadBytes() : reader.ReadStringSequence())
            ?? throw new FormatException("There is no text.");

        return bytes.IsSingleSegment ? Utf8.GetString(bytes.FirstSpan) : Utf8.GetString(bytes);
    }

    private static string ReadNumber(ref MessagePackReader reader) => reader.NextMessagePackType switch
    {
        MessagePackType.String => ReadText(ref reader),
        MessagePackType.Float => Finite(reader.ReadDouble()),
        _ when reader.NextCode is MessagePackCode.UInt64 => reader.ReadUInt64().ToString(CultureInfo.InvariantCulture),
        _ => reader.ReadInt64().ToString(CultureInfo.InvariantCulture),
    };

    // All the digits: Terraform sends as a float exactly what is one, so the shortest text that reads back as the same float would be another number.
    private static string Finite(double number) =>
        double.IsFinite(number)
            ? number.ToString("F1074", CultureInfo.InvariantCulture)
            : throw new FormatException($"{number} is not a number of Terraform's language.");

    private static void Write(ref MessagePackWriter writer, Value value, ValueType type)
    {
        switch (value)
        {
            case Value.NullValue:
                writer.WriteNil();
                break;
            case Value.UnknownValue:
                writer.WriteExtensionFormat(Unknown);
                break;
            case Value.Typed typed when type.Kind is not "any":
                Write(ref writer, typed.Content, type);
                break;
            case var any when type.Kind is "any":
                var (actual, content) = any is Value.Typed given ? (given.Type, given.Content) : (any.Shape(), any);
                writer.WriteArrayHeader(2);
                writer.Write(Encoding.UTF8.GetBytes(actual.ToWire()));
                Write(ref writer, content, actual);
                break;
            case Value.Text text:
                WriteText(ref writer, text.Content);
                break;
            case Value.Bool flag:
                writer.Write(flag.Content);
                break;
            case Value.Number number:
                WriteNumber(ref writer, number.Digits);
                break;
            case Value.Sequence sequence:
                writer.WriteArrayHeader(sequence.Items.Count);

                foreach (var (position, item) in sequence.Items.Index())
                {
                    Write(ref writer, item, type.Kind is "tuple" ? type.Elements[position] : type.Element!);
                }

                break;
            case Value.Mapping mapping when type.Kind is "map":
                writer.WriteMapHeader(mapping.Members.Count);

                foreach (var (name, member) in mapping.Members)
                {
                    WriteText(ref writer, name);
                    Write(ref writer, member, type.Element!);
                }

                break;
            case Value.Mapping:
                writer.WriteMapHeader(type.Attributes.Count);

                foreach (var (name, attribute) in type.Attributes)
                {
                    WriteText(ref writer, name);
                    Write(ref writer, value[name], attribute);
                }

                break;
        }
    }

    private static void WriteText(ref MessagePackWriter writer, string text) => writer.WriteString(Encoding.UTF8.GetBytes(text));

    private static void WriteNumber(ref MessagePackWriter writer, string digits)
    {
        if (long.TryParse(digits, CultureInfo.InvariantCulture, out var whole))
        {
            writer.Write(whole);
        }
        else
        {
            WriteText(ref writer, digits);
        }
    }
}
