using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>A private key of one of the three kinds, with its forms and its way of signing certificates.</summary>
internal abstract class PrivateKey : IDisposable
{
    public abstract PublicKey Public { get; }

    /// <summary>The traditional form of its kind: PKCS #1, SEC 1, or PKCS #8 where there is no other.</summary>
    public abstract string Pem { get; }

    public abstract string Pkcs8 { get; }

    /// <summary>The members of the key in OpenSSH's own format, after its name; null where SSH has none.</summary>
    protected abstract SshWire? Members();

    public abstract X509SignatureGenerator Signer { get; }

    public abstract HashAlgorithmName Hash { get; }

    public static PrivateKey Generate(string algorithm, int bits, string curve) => algorithm switch
    {
        "RSA" => new RsaKey(RSA.Create(bits)),
        "ECDSA" => new EcKey(ECDsa.Create(ECCurve.CreateFromFriendlyName(curve switch
        {
            "P224" => "nistP224",
            "P256" => "nistP256",
            "P384" => "nistP384",
            "P521" => "nistP521",
            _ => throw new RefusalException(
                "Invalid Attribute Value Match", $"Attribute ecdsa_curve value must be one of: [P224 P256 P384 P521], got: {curve}", ["ecdsa_curve"]),
        }))),
        "ED25519" => new EdwardsKey(RandomNumberGenerator.GetBytes(32)),
        _ => throw new RefusalException(
            "Invalid Attribute Value Match", $"Attribute algorithm value must be one of: [RSA ECDSA ED25519], got: {algorithm}", ["algorithm"]),
    };

    /// <summary>Reads a key in PEM, without a password.</summary>
    /// <exception cref="FormatException">It is not of one of the three kinds.</exception>
    public static PrivateKey Parse(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            throw new FormatException("there is no PEM in it");
        }

        var content = Convert.FromBase64String(pem[fields.Base64Data]);

        try
        {
            switch (pem[fields.Label])
            {
                case "RSA PRIVATE KEY":
                    return RsaKey.Import(rsa => rsa.ImportRSAPrivateKey(content, out _));
                case "EC PRIVATE KEY":
                    return EcKey.Import(ecdsa => ecdsa.ImportECPrivateKey(content, out _));
                case "PRIVATE KEY":
                    var info = new AsnReader(content, AsnEncodingRules.DER).ReadSequence();
                    info.ReadInteger();
                    var kind = info.ReadSequence().ReadObjectIdentifier();

                    return kind switch
                    {
                        "1.2.840.113549.1.1.1" => RsaKey.Import(rsa => rsa.ImportPkcs8PrivateKey(content, out _)),
                        "1.2.840.10045.2.1" => EcKey.Import(ecdsa => ecdsa.ImportPkcs8PrivateKey(content, out _)),
                        "1.3.101.112" => new EdwardsKey(new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString()),
                        _ => throw new FormatException($"{kind} is not a known kind of key"),
                    };
                case var label:
                    throw new FormatException($"{label} is not a known private key");
            }
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException or ArgumentException)
        {
            throw new FormatException($"the key cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>OpenSSH's own format, unencrypted; empty where SSH knows no such key. Source: PROTOCOL.key of openssh-portable.</summary>
    public string OpenSsh()
    {
        if (Public.Ssh is not { } blob || Members() is not { } members)
        {
            return "";
        }

        var check = BitConverter.ToUInt32(SHA256.HashData(blob));
        var secret = new SshWire().Number(check).Number(check).Bytes(SshWire.Split(blob)[0]).Raw(members.ToArray()).Text("");
        var length = secret.ToArray().Length;
        secret.Raw([.. Enumerable.Range(1, (8 - (length % 8)) % 8).Select(padding => (byte)padding)]);
        var key = new SshWire().Raw("openssh-key-v1\0"u8).Text("none").Text("none").Text("").Number(1).Bytes(blob).Bytes(secret.ToArray()).ToArray();
        var text = new StringBuilder("-----BEGIN OPENSSH PRIVATE KEY-----\n");

        foreach (var line in Convert.ToBase64String(key).Chunk(70))
        {
            text.Append(line).Append('\n');
        }

        return text.Append("-----END OPENSSH PRIVATE KEY-----\n").ToString();
    }

    public abstract void Dispose();

    private sealed class RsaKey(RSA rsa) : PrivateKey
    {
        public override PublicKey Public => PublicKey.Of(rsa);

        public override string Pem => rsa.ExportRSAPrivateKeyPem() + "\n";

        public override string Pkcs8 => rsa.ExportPkcs8PrivateKeyPem() + "\n";

        public override X509SignatureGenerator Signer => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1);

        public override HashAlgorithmName Hash => HashAlgorithmName.SHA256;

        public static RsaKey Import(Action<RSA> import)
        {
            var rsa = RSA.Create();
            import(rsa);

            return new(rsa);
        }

        public override void Dispose() => rsa.Dispose();

        protected override SshWire Members()
        {
            var numbers = rsa.ExportParameters(includePrivateParameters: true);

            return new SshWire().Big(numbers.Modulus).Big(numbers.Exponent).Big(numbers.D).Big(numbers.InverseQ).Big(numbers.P).Big(numbers.Q);
        }
    }

    private sealed class EcKey(ECDsa ecdsa) : PrivateKey
    {
        public override PublicKey Public => PublicKey.Of(ecdsa);

        public override string Pem => ecdsa.ExportECPrivateKeyPem() + "\n";

        public override string Pkcs8 => ecdsa.ExportPkcs8PrivateKeyPem() + "\n";

        public override X509SignatureGenerator Signer => X509SignatureGenerator.CreateForECDsa(ecdsa);

        public override HashAlgorithmName Hash =>
            ecdsa.KeySize switch { 384 => HashAlgorithmName.SHA384, 521 => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };

        public static EcKey Import(Action<ECDsa> import)
        {
            var ecdsa = ECDsa.Create();
            import(ecdsa);

            return new(ecdsa);
        }

        public override void Dispose() => ecdsa.Dispose();

        protected override SshWire? Members()
        {
            var blob = Public.Ssh;

            if (blob is null)
            {
                return null;
            }

            var parts = SshWire.Split(blob);

            return new SshWire().Bytes(parts[1]).Bytes(parts[2]).Big(ecdsa.ExportParameters(includePrivateParameters: true).D);
        }
    }

    private sealed class EdwardsKey(byte[] seed) : PrivateKey
    {
        private readonly Ed25519PrivateKeyParameters key = new(seed);

        public override PublicKey Public => PublicKey.Of(key.GeneratePublicKey());

        public override string Pem => Pkcs8;

        // Without the public half, as Go writes it: the library's own factory would add it.
        public override string Pkcs8 => PemEncoding.WriteString(
            "PRIVATE KEY", new PrivateKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(seed)).GetDerEncoded()) + "\n";

        public override X509SignatureGenerator Signer => new EdwardsSigner(key);

        public override HashAlgorithmName Hash => HashAlgorithmName.SHA512;

        public override void Dispose()
        {
        }

        protected override SshWire Members()
        {
            var point = key.GeneratePublicKey().GetEncoded();

            return new SshWire().Bytes(point).Bytes([.. seed, .. point]);
        }
    }

    // .NET has no Ed25519: BouncyCastle signs what .NET's certificates consist of.
    private sealed class EdwardsSigner(Ed25519PrivateKeyParameters key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519).GetDerEncoded();

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
        {
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, key);
            signer.BlockUpdate(data, 0, data.Length);

            return signer.GenerateSignature();
        }

        protected override System.Security.Cryptography.X509Certificates.PublicKey BuildPublicKey() =>
            System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(Tls.PublicKey.Of(key.GeneratePublicKey()).Info, out _);
    }
}
