using System.Numerics;
using System.Security.Cryptography;

namespace Causeway.Provider.Answers.Tls;

/// <summary>
/// Ed25519 keys and signatures, which .NET does not have: in plain arithmetic, for keys that last as long as a test, neither fast nor safe from timing.
/// Source: https://www.rfc-editor.org/rfc/rfc8032#section-5.1.
/// </summary>
internal static class Ed25519
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    /// <param name="seed">Thirty-two bytes.</param>
    public static byte[] PublicKey(byte[] seed) => Encode(Multiply(Base, Secret(seed).Scalar));

    /// <returns>Sixty-four bytes.</returns>
    public static byte[] Sign(byte[] seed, ReadOnlySpan<byte> message)
    {
        var (scalar, prefix) = Secret(seed);
        var nonce = Number(SHA512.HashData([.. prefix, .. message])) % Order;
        var point = Encode(Multiply(Base, nonce));
        var challenge = Number(SHA512.HashData([.. point, .. PublicKey(seed), .. message])) % Order;

        return [.. point, .. Bytes((nonce + challenge * scalar) % Order)];
    }

    private static Point Base
    {
        get
        {
            var y = Mod(4 * Inverse(5));

            return new(Root(y), y);
        }
    }

    private static BigInteger D => Mod(-121665 * Inverse(121666));

    private static (BigInteger Scalar, byte[] Prefix) Secret(byte[] seed)
    {
        var hash = SHA512.HashData(seed);
        hash[0] &= 0xf8;
        hash[31] = (byte)((hash[31] & 0x7f) | 0x40);

        return (Number(hash.AsSpan(0, 32)), hash[32..]);
    }

    // The even x of a point with this y.
    private static BigInteger Root(BigInteger y)
    {
        var square = Mod((y * y - 1) * Inverse(D * y * y + 1));
        var x = BigInteger.ModPow(square, (Prime + 3) / 8, Prime);
        x = Mod(x * x - square).IsZero ? x : Mod(x * BigInteger.ModPow(2, (Prime - 1) / 4, Prime));

        return x.IsEven ? x : Prime - x;
    }

    private static Point Multiply(Point point, BigInteger times)
    {
        // In extended coordinates, where adding needs no division.
        var d = D;
        var (sum, power) = (new Extended(0, 1, 1, 0), new Extended(point.X, point.Y, 1, Mod(point.X * point.Y)));

        for (; !times.IsZero; times >>= 1)
        {
            sum = times.IsEven ? sum : Add(sum, power, d);
            power = Add(power, power, d);
        }

        var inverse = Inverse(sum.Z);

        return new(Mod(sum.X * inverse), Mod(sum.Y * inverse));
    }

    private static Extended Add(Extended one, Extended other, BigInteger d)
    {
        var a = Mod((one.Y - one.X) * (other.Y - other.X));
        var b = Mod((one.Y + one.X) * (other.Y + other.X));
        var c = Mod(2 * one.T * other.T * d);
        var z = Mod(2 * one.Z * other.Z);
        var (e, f, g, h) = (b - a, z - c, z + c, b + a);

        return new(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static byte[] Encode(Point point)
    {
        var bytes = Bytes(point.Y);
        bytes[31] |= (byte)(point.X.IsEven ? 0 : 0x80);

        return bytes;
    }

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);

        return bytes;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    private static BigInteger Mod(BigInteger number) => number % Prime is var rest && rest.Sign < 0 ? rest + Prime : rest;

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(Mod(number), Prime - 2, Prime);

    private readonly record struct Point(BigInteger X, BigInteger Y);

    private readonly record struct Extended(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}
