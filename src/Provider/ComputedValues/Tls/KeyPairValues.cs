using System.Security.Cryptography;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>
/// Keys of the provider <c>tls</c>: real ones. Source: https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/private_key.
/// </summary>
internal static class KeyPairValues
{
    public static Value Generate(Value planned, ProviderContext context)
    {
        var bits = planned["rsa_bits"].AsWhole() ?? 2048;
        var curve = planned["ecdsa_curve"].Given() ?? "P224";

        if (bits is < 512 or > 16384 || bits % 8 != 0)
        {
            throw new RefusalException("Invalid Attribute Value", $"rsa_bits has to be a multiple of 8 from 512 to 16384 here, got: {bits}", ["rsa_bits"]);
        }

        using var key = PrivateKey.Generate(planned["algorithm"].AsText ?? "", (int)bits, curve);

        return Value.Object(
        [
            ("private_key_pem", Value.Of(key.Pem)),
            ("private_key_pem_pkcs8", Value.Of(key.Pkcs8)),
            ("private_key_openssh", Value.Of(key.OpenSsh())),
            ("rsa_bits", Value.Of(bits)),
            ("ecdsa_curve", Value.Of(curve)),
            .. key.Public.Attributes(),
        ]);
    }

    /// <summary>The public half of a private key in PEM or in OpenSSH's format.</summary>
    public static Value Public(Value config, ProviderContext context)
    {
        var argument = config["private_key_pem"].Given() is null ? "private_key_openssh" : "private_key_pem";
        var text = config[argument].Given() ?? throw new RefusalException(
            "Missing Attribute Configuration", "Exactly one of these attributes must be configured: [private_key_pem,private_key_openssh]");

        try
        {
            using var key = argument is "private_key_pem" ? PrivateKey.Parse(text) : null;
            var half = key?.Public ?? PublicKey.OfSsh(PublicPart(text));

            return Value.Object([("algorithm", Value.Of(half.Algorithm)), .. half.Attributes()]);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException or ArgumentException)
        {
            throw new RefusalException("Failed to parse private key", fault.Message, [argument]);
        }
    }

    // The public half stands unencrypted before the private one.
    private static byte[] PublicPart(string text)
    {
        const string Magic = "openssh-key-v1\0";

        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] is not "OPENSSH PRIVATE KEY")
        {
            throw new FormatException("it is not a key in OpenSSH's format");
        }

        var bytes = Convert.FromBase64String(text[fields.Base64Data]).AsSpan(Magic.Length);

        // Cipher, derivation and its options, then the number of keys, which is not a text.
        var head = 0;

        for (var skipped = 0; skipped < 3; skipped++)
        {
            head += 4 + (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[head..]);
        }

        return SshWire.Split(bytes[(head + 4)..])[0];
    }
}
