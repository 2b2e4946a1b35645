using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Causeway.Provider.ComputedValues;

/// <summary>
/// Identifiers that only the cloud could know, derived from what they stand for: the same question gets the same answer in every plan,
/// so that a second plan is empty.
/// </summary>
internal static class Derived
{
    /// <summary>Up to 64 hexadecimal digits.</summary>
    public static string Hex(int digits, params ReadOnlySpan<string> from) => Convert.ToHexStringLower(Bytes(from))[..digits];

    /// <summary>Twenty-one characters as in <c>AROA…</c>: the prefix tells users from roles.</summary>
    public static string Principal(string prefix, params ReadOnlySpan<string> from)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

        return prefix + string.Concat(Bytes(from).Take(21 - prefix.Length).Select(one => Letters[one % Letters.Length]));
    }

    /// <summary>A version 4 UUID.</summary>
    public static string Uuid(params ReadOnlySpan<string> from)
    {
        var bytes = Bytes(from)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);

        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>The checksum by which Terraform's older SDK sorts sets and names what has no name of its own.</summary>
    public static uint Checksum(string text) => Crc32.HashToUInt32(Encoding.UTF8.GetBytes(text));

    /// <summary>Thirty-two bytes.</summary>
    public static byte[] Bytes(params ReadOnlySpan<string> from) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', from.ToArray())));
}
