using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Causeway.Provider.Values;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>The public half of a key, in the forms that the provider <c>tls</c> gives.</summary>
/// <param name="Algorithm"><c>RSA</c>, <c>ECDSA</c> or <c>ED25519</c>.</param>
/// <param name="Info">SubjectPublicKeyInfo, in DER.</param>
/// <param name="Ssh">The key in SSH's encoding; null on a curve that SSH does not know.</param>
internal sealed record PublicKey(string Algorithm, byte[] Info, byte[]? Ssh)
{
    public static PublicKey Of(RSA rsa)
    {
        var numbers = rsa.ExportParameters(includePrivateParameters: false);

        return new("RSA", rsa.ExportSubjectPublicKeyInfo(), new SshWire().Text("ssh-rsa").Big(numbers.Exponent).Big(numbers.Modulus).ToArray());
    }

    public static PublicKey Of(ECDsa ecdsa)
    {
        var curve = ecdsa.KeySize switch { 256 => "nistp256", 384 => "nistp384", 521 => "nistp521", _ => null };
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;

        return new(
            "ECDSA",
            ecdsa.ExportSubjectPublicKeyInfo(),
            curve is null ? null : new SshWire().Text($"ecdsa-sha2-{curve}").Text(curve).Bytes([4, .. point.X!, .. point.Y!]).ToArray());
    }

    public static PublicKey Of(Ed25519PublicKeyParameters key) =>
        new(
            "ED25519",
            SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key).GetDerEncoded(),
            new SshWire().Text("ssh-ed25519").Bytes(key.GetEncoded()).ToArray());

    /// <exception cref="FormatException">It is not a key of these three kinds.</exception>
    public static PublicKey OfSsh(byte[] ssh)
    {
        var parts = SshWire.Split(ssh);

        switch (Encoding.ASCII.GetString(parts[0]))
        {
            case "ssh-rsa":
                return Of(RSA.Create(new RSAParameters { Exponent = parts[1], Modulus = parts[2].AsSpan().TrimStart((byte)0).ToArray() }));
            case "ssh-ed25519":
                return Of(new Ed25519PublicKeyParameters(parts[1]));
            case var name when name.StartsWith("ecdsa-sha2-nistp", StringComparison.Ordinal):
                var half = (parts[2].Length - 1) / 2;
                var point = new ECPoint { X = parts[2][1..(1 + half)], Y = parts[2][(1 + half)..] };

                return Of(ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromFriendlyName(name[11..]), Q = point }));
            case var other:
                throw new FormatException($"{other} is not a known kind of key");
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what this id is.")]
    [SuppressMessage("Security", "CA5351", Justification = "MD5 is what this fingerprint is.")]
    public IEnumerable<(string, Value)> Attributes() =>
    [
        ("id", Value.Of(Convert.ToHexStringLower(SHA1.HashData(Info)))),
        ("public_key_pem", Value.Of(PemEncoding.WriteString("PUBLIC KEY", Info) + "\n")),
        ("public_key_openssh", Value.Of(Ssh is null ? "" : $"{Encoding.ASCII.GetString(SshWire.Split(Ssh)[0])} {Convert.ToBase64String(Ssh)}\n")),
        ("public_key_fingerprint_md5", Value.Of(Ssh is null ? "" : string.Join(':', MD5.HashData(Ssh).Select(one => $"{one:x2}")))),
        ("public_key_fingerprint_sha256", Value.Of(Ssh is null ? "" : $"SHA256:{Convert.ToBase64String(SHA256.HashData(Ssh)).TrimEnd('=')}")),
    ];
}
