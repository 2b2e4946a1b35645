using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Provider.Values;

/// <summary>
/// The wire format of values between Terraform and its providers: MessagePack, driven by the schema's types; an unknown value is an extension of any code.
/// Sources: https://github.com/msgpack/msgpack/blob/master/spec.md and Terraform's docs/plugin-protocol/object-wire-format.md.
/// </summary>
internal static class ValueEncoding
{
    /// <exception cref="FormatException">The bytes are no value of <paramref name="type"/>.</exception>
    public static Value Read(ReadOnlySpan<byte> bytes, ValueType type)
    {
        var reader = new Reader(bytes);

        try
        {
            var value = reader.Read(type);

            return reader.Left is 0 ? value : throw new FormatException($"{reader.Left} bytes are left over behind the value of type {type}.");
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or DecoderFallbackException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The bytes are no value of type {type}: {wrong.Message}", wrong);
        }
    }

    public static byte[] Write(Value value, ValueType type)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(buffer, value, type);

        return buffer.WrittenSpan.ToArray();
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        // What is no UTF-8 is refused, not mended.
        private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int position;

        public readonly int Left => bytes.Length - position;

        public Value Read(ValueType type)
        {
            var code = Peek();

            if (code is 0xc0)
            {
                position++;

                return Value.Null;
            }

            if (code is 0xd4 or 0xd5 or 0xd6 or 0xd7 or 0xd8 or 0xc7 or 0xc8 or 0xc9)
            {
                SkipExtension();

                return Value.Unknown;
            }

            switch (type.Kind)
            {
                case "string":
                    return Value.Of(ReadText());
                case "bool":
                    position++;

                    return Value.Of(code switch { 0xc2 => false, 0xc3 => true, _ => throw Wrong(code, type) });
                case "number":
                    return new Value.Number(ReadNumber());
                case "list" or "set":
                    var items = new Value[ReadCount(0x90, 0xdc, type)];

                    for (var item = 0; item < items.Length; item++)
                    {
                        items[item] = Read(type.Element!);
                    }

                    return type.Kind is "set" ? Value.Set(items) : Value.List(items);
                case "tuple":
                    var count = ReadCount(0x90, 0xdc, type);
                    var elements = count == type.Elements.Count ? new Value[count] : throw new FormatException($"{count} items are none of type {type}.");

                    for (var element = 0; element < count; element++)
                    {
                        elements[element] = Read(type.Elements[element]);
                    }

                    return Value.List(elements);
                case "map" or "object":
                    var members = new Dictionary<string, Value>();

                    for (var left = ReadCount(0x80, 0xde, type); left > 0; left--)
                    {
                        var name = ReadText();
                        members[name] = Read(type.Kind is "map" ? type.Element! : type.Attributes.TryGetValue(name, out var attribute) ? attribute : throw new FormatException($"There is no attribute {name} in {type}."));
                    }

                    return Value.Object(members);
                default:
                    // Of any type: a pair of the type's JSON and the value.
                    _ = ReadCount(0x90, 0xdc, type) is 2 ? 2 : throw new FormatException("A value of any type is a pair of type and value.");
                    var actual = ValueType.FromWire(JsonNode.Parse(ReadText())!);

                    return new Value.Typed(actual, Read(actual));
            }
        }

        private string ReadText()
        {
            var code = Next();
            var length = code switch
            {
                >= 0xa0 and <= 0xbf => code & 0x1fu,
                0xd9 or 0xc4 => Next(),
                0xda or 0xc5 => Big16(),
                0xdb or 0xc6 => Big32(),
                _ => throw Wrong(code, ValueType.String),
            };

            return Utf8.GetString(Take(length));
        }

        private string ReadNumber()
        {
            if (Peek() is (>= 0xa0 and <= 0xbf) or 0xd9 or 0xda or 0xdb)
            {
                return ReadText();
            }

            var code = Next();

            return code switch
            {
                <= 0x7f => $"{code}",
                >= 0xe0 => $"{(sbyte)code}",
                0xcc => $"{Next()}",
                0xcd => $"{Big16()}",
                0xce => $"{Big32()}",
                0xcf => $"{Big64()}",
                0xd0 => $"{(sbyte)Next()}",
                0xd1 => $"{(short)Big16()}",
                0xd2 => $"{(int)Big32()}",
                0xd3 => $"{(long)Big64()}",
                0xca => Finite(BitConverter.UInt32BitsToSingle(Big32())),
                0xcb => Finite(BitConverter.UInt64BitsToDouble(Big64())),
                _ => throw Wrong(code, ValueType.Number),
            };
        }

        // All the digits: Terraform sends as a float exactly what is one, so the shortest text that reads back as the same float would be another number.
        private static string Finite(double number) =>
            double.IsFinite(number) ? number.ToString("F1074", CultureInfo.InvariantCulture) : throw new FormatException($"{number} is no number of Terraform's language.");

        private int ReadCount(int small, int large, ValueType type)
        {
            var code = Next();
            var count = code switch
            {
                _ when code >= small && code <= small + 15 => (uint)(code - small),
                _ when code == large => Big16(),
                _ when code == large + 1 => Big32(),
                _ => throw Wrong(code, type),
            };

            // Every item takes a byte at least: a count beyond what is there must not reserve memory.
            return count <= Left ? (int)count : throw Short(count);
        }

        private void SkipExtension()
        {
            var code = Next();
            var length = code switch { 0xc7 => Next(), 0xc8 => Big16(), 0xc9 => Big32(), _ => 1u << (code - 0xd4) };
            Next();
            Take(length);
        }

        private readonly byte Peek() => Left > 0 ? bytes[position] : throw Short(1);

        private byte Next() => Take(1)[0];

        private ushort Big16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

        private uint Big32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

        private ulong Big64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

        private ReadOnlySpan<byte> Take(uint length)
        {
            if (length > Left)
            {
                throw Short(length);
            }

            position += (int)length;

            return bytes.Slice(position - (int)length, (int)length);
        }

        private readonly FormatException Short(uint wanted) => new($"The bytes end too early: {wanted} wanted at byte {position}, {Left} left.");

        private readonly FormatException Wrong(byte code, ValueType type) => new($"0x{code:x2} at byte {position} begins no value of type {type}.");
    }

    private static void Write(ArrayBufferWriter<byte> buffer, Value value, ValueType type)
    {
        switch (value)
        {
            case Value.NullValue:
                buffer.Write((ReadOnlySpan<byte>)[0xc0]);
                break;
            case Value.UnknownValue:
                buffer.Write((ReadOnlySpan<byte>)[0xd4, 0, 0]);
                break;
            case Value.Typed typed when type.Kind is not "any":
                Write(buffer, typed.Content, type);
                break;
            case var any when type.Kind is "any":
                var (actual, content) = any is Value.Typed given ? (given.Type, given.Content) : (any.Shape(), any);
                buffer.Write((ReadOnlySpan<byte>)[0x92]);
                var wire = Encoding.UTF8.GetBytes(actual.ToWire());
                Head(buffer, wire.Length, 0, -1, 0xc4, 0xc5, 0xc6);
                buffer.Write(wire);
                Write(buffer, content, actual);
                break;
            case Value.Text text:
                var bytes = Encoding.UTF8.GetBytes(text.Content);
                Head(buffer, bytes.Length, 0xa0, 31, 0xd9, 0xda, 0xdb);
                buffer.Write(bytes);
                break;
            case Value.Bool flag:
                buffer.Write((ReadOnlySpan<byte>)[flag.Content ? (byte)0xc3 : (byte)0xc2]);
                break;
            case Value.Number number:
                WriteNumber(buffer, number.Digits);
                break;
            case Value.Sequence sequence:
                Head(buffer, sequence.Items.Count, 0x90, 15, null, 0xdc, 0xdd);

                foreach (var (position, item) in sequence.Items.Index())
                {
                    Write(buffer, item, type.Kind is "tuple" ? type.Elements[position] : type.Element!);
                }

                break;
            case Value.Mapping mapping when type.Kind is "map":
                Head(buffer, mapping.Members.Count, 0x80, 15, null, 0xde, 0xdf);

                foreach (var (name, member) in mapping.Members)
                {
                    Write(buffer, Value.Of(name), ValueType.String);
                    Write(buffer, member, type.Element!);
                }

                break;
            case Value.Mapping:
                Head(buffer, type.Attributes.Count, 0x80, 15, null, 0xde, 0xdf);

                foreach (var (name, attribute) in type.Attributes)
                {
                    Write(buffer, Value.Of(name), ValueType.String);
                    Write(buffer, value[name], attribute);
                }

                break;
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> buffer, string digits)
    {
        if (long.TryParse(digits, CultureInfo.InvariantCulture, out var whole))
        {
            Span<byte> bytes = stackalloc byte[9];
            bytes[0] = 0xd3;
            BinaryPrimitives.WriteInt64BigEndian(bytes[1..], whole);
            buffer.Write(whole is >= 0 and <= 127 ? [(byte)whole] : bytes);
        }
        else
        {
            Write(buffer, Value.Of(digits), ValueType.String);
        }
    }

    // The shortest head that holds the count: in the code itself, in one byte (where the kind has that), in two, in four.
    private static void Head(ArrayBufferWriter<byte> buffer, int count, int small, int smallMost, byte? one, byte two, byte four)
    {
        if (count <= smallMost)
        {
            buffer.Write((ReadOnlySpan<byte>)[(byte)(small + count)]);
        }
        else if (count <= byte.MaxValue && one is { } code)
        {
            buffer.Write((ReadOnlySpan<byte>)[code, (byte)count]);
        }
        else if (count <= ushort.MaxValue)
        {
            buffer.Write((ReadOnlySpan<byte>)[two, (byte)(count >> 8), (byte)count]);
        }
        else
        {
            buffer.Write((ReadOnlySpan<byte>)[four, (byte)(count >> 24), (byte)(count >> 16), (byte)(count >> 8), (byte)count]);
        }
    }
}
