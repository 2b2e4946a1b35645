using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>The encoding in which SSH writes keys. Source: https://www.rfc-editor.org/rfc/rfc4251#section-5.</summary>
internal sealed class SshWire
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    public SshWire Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public SshWire Number(uint number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, number);
        bytes.Write(four);

        return this;
    }

    /// <summary>With its length before it.</summary>
    public SshWire Bytes(ReadOnlySpan<byte> content)
    {
        Number((uint)content.Length);
        bytes.Write(content);

        return this;
    }

    /// <summary>A positive number, without leading zeros but for the one that keeps it positive.</summary>
    public SshWire Big(ReadOnlySpan<byte> number)
    {
        number = number.TrimStart((byte)0);

        return number is [>= 0x80, ..] ? Bytes([0, .. number]) : Bytes(number);
    }

    public SshWire Raw(ReadOnlySpan<byte> content)
    {
        bytes.Write(content);

        return this;
    }

    /// <summary>The texts and numbers of a message, one after another.</summary>
    /// <exception cref="FormatException">It ends too early.</exception>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> message)
    {
        var parts = new List<byte[]>();

        while (message.Length > 0)
        {
            var length = message.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(message) : uint.MaxValue;

            if (length > message.Length - 4)
            {
                throw new FormatException("the key ends too early");
            }

            parts.Add(message.Slice(4, (int)length).ToArray());
            message = message[(4 + (int)length)..];
        }

        return parts;
    }
}
