using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causeway.Provider.ComputedValues.Clock;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Tls;

/// <summary>
/// Certificates and requests of the provider <c>tls</c>: real ones. Source:
/// https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/self_signed_cert.
/// </summary>
internal static class CertificateValues
{
    [SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what this id is.")]
    public static Value Request(Value planned, ProviderContext context)
    {
        using var key = Key(planned, "private_key_pem");
        var request = new CertificateRequest(Names.Subject(Subject(planned)), Half(key), key.Hash);
        AddNames(request, planned);
        var content = request.CreateSigningRequest(key.Signer);

        return Value.Object(
            ("id", Value.Of(Convert.ToHexStringLower(SHA1.HashData(content)))),
            ("cert_request_pem", Value.Of(PemEncoding.WriteString("CERTIFICATE REQUEST", content) + "\n")),
            ("key_algorithm", Value.Of(key.Public.Algorithm)));
    }

    public static Value SelfSigned(Value planned, DateTimeOffset now)
    {
        using var key = Key(planned, "private_key_pem");
        var name = Names.Subject(Subject(planned));
        var request = new CertificateRequest(name, Half(key), key.Hash);
        AddNames(request, planned);

        return Value.Object([("key_algorithm", Value.Of(key.Public.Algorithm)), .. Sign(request, planned, name, key, null, now)]);
    }

    public static Value LocallySigned(Value planned, DateTimeOffset now)
    {
        using var authorityKey = Key(planned, "ca_private_key_pem");
        CertificateRequest asked;
        X509Certificate2 authority;

        try
        {
            // The request's own signature is not checked: .NET cannot do so for Ed25519, and the real provider does not either.
            asked = CertificateRequest.LoadSigningRequestPem(
                planned["cert_request_pem"].AsText ?? "",
                authorityKey.Hash,
                CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new RefusalException("Failed to parse certificate request", fault.Message, ["cert_request_pem"]);
        }

        try
        {
            authority = X509Certificate2.CreateFromPem(planned["ca_cert_pem"].AsText ?? "");
        }
        catch (CryptographicException fault)
        {
            throw new RefusalException("Failed to parse CA certificate", fault.Message, ["ca_cert_pem"]);
        }

        using (authority)
        {
            var request = new CertificateRequest(asked.SubjectName, asked.PublicKey, authorityKey.Hash);

            foreach (var names in asked.CertificateExtensions.Where(extension => extension.Oid?.Value is "2.5.29.17"))
            {
                request.CertificateExtensions.Add(names);
            }

            return Value.Object([
                ("ca_key_algorithm", Value.Of(authorityKey.Public.Algorithm)),
                .. Sign(request, planned, authority.SubjectName, authorityKey, authority, now)
            ]);
        }
    }

    private static IEnumerable<(string, Value)> Sign(
        CertificateRequest request, Value planned, X500DistinguishedName issuer, PrivateKey key, X509Certificate2? authority, DateTimeOffset now)
    {
        var isAuthority = planned["is_ca_certificate"].AsBool is true;
        var depth = planned["max_path_length"].AsWhole();
        var hours = planned["validity_period_hours"].AsWhole() ?? 0;
        var uses = planned["allowed_uses"].Texts();
        var digital = Aggregate(uses);

        if (digital is not X509KeyUsageFlags.None)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(digital, critical: true));
        }

        if (uses.Select(Extended).OfType<string>().ToList() is { Count: > 0 } extended)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. extended.Select(use => new Oid(use))], critical: false));
        }

        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(isAuthority, isAuthority && depth is not null, (int)(isAuthority ? depth ?? 0 : 0), critical: true));

        if (isAuthority || planned["set_subject_key_id"].AsBool is true)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        }

        if (authority?.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }
        else if (planned["set_authority_key_id"].AsBool is true)
        {
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false)));
        }

        // Positive, and of sixteen bytes.
        byte[] serial = [(byte)RandomNumberGenerator.GetInt32(1, 0x80), .. RandomNumberGenerator.GetBytes(15)];
        var start = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var end = start.AddHours(hours);
        using var certificate = request.Create(issuer, key.Signer, start, end, serial);

        return
        [
            ("id", Value.Of(new BigInteger(serial, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture))),
            ("cert_pem", Value.Of(certificate.ExportCertificatePem() + "\n")),
            ("early_renewal_hours", Value.Of(planned["early_renewal_hours"].AsWhole() ?? 0)),
            ("is_ca_certificate", Value.Of(isAuthority)),
            ("ready_for_renewal", Value.Of(false)),
            ("set_authority_key_id", Value.Of(planned["set_authority_key_id"].AsBool ?? false)),
            ("set_subject_key_id", Value.Of(planned["set_subject_key_id"].AsBool ?? false)),
            ("validity_start_time", Value.Of(Moment.Print(start))),
            ("validity_end_time", Value.Of(Moment.Print(end))),
        ];
    }

    private static Value Subject(Value planned) => planned["subject"].Items is [var subject, ..] ? subject : Value.Null;

    private static System.Security.Cryptography.X509Certificates.PublicKey Half(PrivateKey key) =>
        System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(key.Public.Info, out _);

    private static PrivateKey Key(Value planned, string argument)
    {
        try
        {
            return PrivateKey.Parse(planned[argument].AsText ?? "");
        }
        catch (FormatException fault)
        {
            throw new RefusalException("Failed to parse private key PEM", fault.Message, [argument]);
        }
    }

    private static void AddNames(CertificateRequest request, Value planned)
    {
        var names = new SubjectAlternativeNameBuilder();

        foreach (var name in planned["dns_names"].Texts())
        {
            names.AddDnsName(name);
        }

        foreach (var text in planned["ip_addresses"].Texts())
        {
            names.AddIpAddress(IPAddress.TryParse(text, out var address)
                ? address
                : throw new RefusalException("Invalid IP address", $"Failed to parse \"{text}\".", ["ip_addresses"]));
        }

        foreach (var text in planned["uris"].Texts())
        {
            names.AddUri(
                Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : throw new RefusalException("Invalid URI", $"Failed to parse \"{text}\".", ["uris"]));
        }

        if (planned["dns_names"].Items.Count + planned["ip_addresses"].Items.Count + planned["uris"].Items.Count > 0)
        {
            request.CertificateExtensions.Add(names.Build());
        }
    }

    private static X509KeyUsageFlags Aggregate(IEnumerable<string> uses) => uses.Aggregate(X509KeyUsageFlags.None, (all, use) => all | (use switch
    {
        "digital_signature" => X509KeyUsageFlags.DigitalSignature,
        "content_commitment" => X509KeyUsageFlags.NonRepudiation,
        "key_encipherment" => X509KeyUsageFlags.KeyEncipherment,
        "data_encipherment" => X509KeyUsageFlags.DataEncipherment,
        "key_agreement" => X509KeyUsageFlags.KeyAgreement,
        "cert_signing" => X509KeyUsageFlags.KeyCertSign,
        "crl_signing" => X509KeyUsageFlags.CrlSign,
        "encipher_only" => X509KeyUsageFlags.EncipherOnly,
        "decipher_only" => X509KeyUsageFlags.DecipherOnly,
        _ when Extended(use) is not null => X509KeyUsageFlags.None,
        _ => throw new RefusalException("Invalid Attribute Value Match", $"{use} is not a use of a key that a certificate can allow.", ["allowed_uses"]),
    }));

    private static string? Extended(string use) => use switch
    {
        "any_extended" => "2.5.29.37.0",
        "server_auth" => "1.3.6.1.5.5.7.3.1",
        "client_auth" => "1.3.6.1.5.5.7.3.2",
        "code_signing" => "1.3.6.1.5.5.7.3.3",
        "email_protection" => "1.3.6.1.5.5.7.3.4",
        "ipsec_end_system" => "1.3.6.1.5.5.7.3.5",
        "ipsec_tunnel" => "1.3.6.1.5.5.7.3.6",
        "ipsec_user" => "1.3.6.1.5.5.7.3.7",
        "timestamping" => "1.3.6.1.5.5.7.3.8",
        "ocsp_signing" => "1.3.6.1.5.5.7.3.9",
        "microsoft_server_gated_crypto" => "1.3.6.1.4.1.311.10.3.3",
        "netscape_server_gated_crypto" => "2.16.840.1.113730.4.1",
        "microsoft_commercial_code_signing" => "1.3.6.1.4.1.311.2.1.22",
        "microsoft_kernel_code_signing" => "1.3.6.1.4.1.311.61.1.1",
        _ => null,
    };
}
