using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causeway.Provider.ComputedValues.Clock;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>
/// <c>tls_certificate</c>: what is given as content is read; what a server would show is made up without a network. That chain parses and has the
/// right names, but its keys and signatures are digits derived from the address: no private half exists, and nothing verifies it.
/// </summary>
internal static class ServerCertificateValues
{
    public static Value Read(Value config, ProviderContext context)
    {
        var content = config["content"].Given();
        var url = config["url"].Given();

        if ((content is null) == (url is null))
        {
            throw new RefusalException("Invalid Attribute Combination", "Exactly one of these attributes must be configured: [content,url]");
        }

        var certificates = content is not null ? Parse(content) : Chain(url!);

        return Value.Object(
            ("id", Value.Of(Derived.Hex(40, "certificates", content ?? url!))),
            ("certificates", Value.List(certificates.Select(Describe))));
    }

    // An OIDC provider's thumbprint is taken from the first, so the order matters: the root's side first.
    private static IEnumerable<X509Certificate2> Chain(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "tls"))
        {
            throw new RefusalException("Invalid URL scheme", $"Expected URL scheme to be one of https, tls: {url}", ["url"]);
        }

        if (uri.Scheme is "tls" && uri.Port <= 0)
        {
            throw new RefusalException("URL malformed", $"Port missing from URL: {url}", ["url"]);
        }

        var root = new X500DistinguishedName("CN=Causeway Hermetic Root CA 1, O=Causeway, C=US");
        var authority = new X500DistinguishedName("CN=Causeway Hermetic TLS CA 1, O=Causeway, C=US");
        var server = new X500DistinguishedNameBuilder();
        server.AddCommonName(uri.Host);

        return [
            Make(root, root, isAuthority: true, null), Make(authority, root, isAuthority: true, null),
            Make(server.Build(), authority, isAuthority: false, uri.Host)
        ];
    }

    private static X509Certificate2 Make(X500DistinguishedName subject, X500DistinguishedName issuer, bool isAuthority, string? host)
    {
        var request = new CertificateRequest(subject, PublicKey(subject.Name), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));

        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        var serial = Derived.Bytes("serial", subject.Name)[..16];
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);

        return request.Create(issuer, new Seal(issuer.Name), new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2035, 1, 1, 0, 0, 0, TimeSpan.Zero), serial);
    }

    // Two thousand and forty-eight bits that look like a modulus; its factors are not known.
    private static System.Security.Cryptography.X509Certificates.PublicKey PublicKey(string of)
    {
        var modulus = Digits(of, "modulus");
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });

        return new(rsa);
    }

    private static byte[] Digits(string of, string what) => [.. Enumerable.Range(0, 8).SelectMany(part => Derived.Bytes(what, of, $"{part}"))];

    private static IReadOnlyList<X509Certificate2> Parse(string content)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(content);

            return certificates.Count > 0 ? [.. certificates] : throw new CryptographicException("there is no certificate in it");
        }
        catch (CryptographicException fault)
        {
            throw new RefusalException("Failed to parse certificate", $"The content has to be one or more certificates in PEM: {fault.Message}.", ["content"]);
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what this fingerprint is.")]
    private static Value Describe(X509Certificate2 certificate) => Value.Object(
        ("cert_pem", Value.Of(certificate.ExportCertificatePem() + "\n")),
        ("is_ca", Value.Of(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))),
        ("issuer", Value.Of(Names.Print(certificate.IssuerName))),
        ("not_after", Value.Of(Moment.Print(new DateTimeOffset(certificate.NotAfter).ToUniversalTime()))),
        ("not_before", Value.Of(Moment.Print(new DateTimeOffset(certificate.NotBefore).ToUniversalTime()))),
        ("public_key_algorithm", Value.Of(certificate.PublicKey.Oid.Value switch
        {
            "1.2.840.113549.1.1.1" => "RSA",
            "1.2.840.10045.2.1" => "ECDSA",
            "1.3.101.112" => "Ed25519",
            var other => other ?? "",
        })),
        ("serial_number", Value.Of(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString())),
        ("sha1_fingerprint", Value.Of(Convert.ToHexStringLower(SHA1.HashData(certificate.RawData)))),
        ("signature_algorithm", Value.Of(certificate.SignatureAlgorithm.Value switch
        {
            "1.2.840.113549.1.1.11" => "SHA256-RSA",
            "1.2.840.113549.1.1.12" => "SHA384-RSA",
            "1.2.840.113549.1.1.13" => "SHA512-RSA",
            "1.2.840.10045.4.3.2" => "ECDSA-SHA256",
            "1.2.840.10045.4.3.3" => "ECDSA-SHA384",
            "1.2.840.10045.4.3.4" => "ECDSA-SHA512",
            "1.3.101.112" => "Ed25519",
            var other => other ?? "",
        })),
        ("subject", Value.Of(Names.Print(certificate.SubjectName))),
        ("version", Value.Of(certificate.Version)));

    /// <summary>Something in a signature's place.</summary>
    private sealed class Seal(string issuer) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.11");
                writer.WriteNull();
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => Digits(Convert.ToBase64String(data), "signature");

        protected override System.Security.Cryptography.X509Certificates.PublicKey BuildPublicKey() => ServerCertificateValues.PublicKey(issuer);
    }
}
