using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.ComputedValues.Tls;
using Causeway.Provider.Values;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>Keys and certificates are real: what .NET and OpenSSH know how to read, they read.</summary>
public sealed class KeyTests
{
    private static Value Create(string type, string arguments)
    {
        Assert.True(ComputedResources.TryGet(type, out var answer));

        return answer(Ask.Arguments(arguments), Ask.Frankfurt);
    }

    private static string Quoted(Value value) => JsonSerializer.Serialize(value.AsText);

    [Theory]
    [InlineData("""{ "algorithm": "RSA", "rsa_bits": 1024 }""", "RSA PRIVATE KEY", "ssh-rsa")]
    [InlineData("""{ "algorithm": "ECDSA", "ecdsa_curve": "P256" }""", "EC PRIVATE KEY", "ecdsa-sha2-nistp256")]
    [InlineData("""{ "algorithm": "ECDSA", "ecdsa_curve": "P384" }""", "EC PRIVATE KEY", "ecdsa-sha2-nistp384")]
    [InlineData("""{ "algorithm": "ECDSA", "ecdsa_curve": "P521" }""", "EC PRIVATE KEY", "ecdsa-sha2-nistp521")]
    [InlineData("""{ "algorithm": "ED25519" }""", "PRIVATE KEY", "ssh-ed25519")]
    public void A_key_has_all_its_forms_and_both_lead_to_the_same_public_half(string arguments, string label, string ssh)
    {
        var key = Create("tls_private_key", arguments);
        var fromPem = Ask.Data("tls_public_key", $$"""{ "private_key_pem": {{Quoted(key["private_key_pem"])}} }""");
        var fromPkcs8 = Ask.Data("tls_public_key", $$"""{ "private_key_pem": {{Quoted(key["private_key_pem_pkcs8"])}} }""");
        var fromSsh = Ask.Data("tls_public_key", $$"""{ "private_key_openssh": {{Quoted(key["private_key_openssh"])}} }""");

        Assert.StartsWith($"-----BEGIN {label}-----\n", key["private_key_pem"].AsText, StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", key["private_key_pem_pkcs8"].AsText, StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", key["public_key_pem"].AsText, StringComparison.Ordinal);
        Assert.StartsWith($"{ssh} AAAA", key["public_key_openssh"].AsText, StringComparison.Ordinal);
        Assert.EndsWith("\n", key["public_key_openssh"].AsText, StringComparison.Ordinal);
        Assert.Matches("^SHA256:[A-Za-z0-9+/]{43}$", key["public_key_fingerprint_sha256"].AsText);
        Assert.Matches("^([0-9a-f]{2}:){15}[0-9a-f]{2}$", key["public_key_fingerprint_md5"].AsText);
        Assert.Matches("^[0-9a-f]{40}$", key["id"].AsText);
        Assert.All(new[] { fromPem, fromPkcs8, fromSsh }, half => Assert.Equal(key["public_key_pem"], half["public_key_pem"]));
        Assert.All(new[] { fromPem, fromPkcs8, fromSsh }, half => Assert.Equal(key["public_key_openssh"], half["public_key_openssh"]));
    }

    [Fact]
    public void A_curve_that_SSH_does_not_know_has_no_form_for_it()
    {
        var key = Create("tls_private_key", """{ "algorithm": "ECDSA" }""");

        Assert.Equal("P224", key["ecdsa_curve"].AsText);
        Assert.Equal("", key["public_key_openssh"].AsText);
        Assert.Equal("", key["private_key_openssh"].AsText);
    }

    // The first and the third example of https://www.rfc-editor.org/rfc/rfc8032#section-7.1.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_computes_what_its_standard_says(string seed, string point, string message, string signature)
    {
        // PKCS #8 of such a key is the same sixteen bytes before every seed: https://www.rfc-editor.org/rfc/rfc8410#section-7.
        using var key = PrivateKey.Parse(PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString($"302e020100300506032b657004220420{seed}")));

        Assert.Equal($"302a300506032b6570032100{point}", Convert.ToHexStringLower(key.Public.Info));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Signer.SignData(Convert.FromHexString(message), key.Hash)));
        Assert.Equal(key.Pkcs8, PrivateKey.Parse(key.Pkcs8).Pkcs8);
    }

    [Fact]
    public void A_key_on_Ed25519_of_another_length_is_refused()
    {
        var pem = PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString("300f020100300506032b65700403040100"));

        Assert.Throws<FormatException>(() => PrivateKey.Parse(pem));
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("ECDSA")]
    public void A_certificate_that_an_authority_signed_is_trusted_where_the_authority_is(string algorithm)
    {
        var authorityKey = Create("tls_private_key", $$"""{ "algorithm": "{{algorithm}}", "ecdsa_curve": "P256" }""");
        var authority = Create("tls_self_signed_cert", $$"""
            { "private_key_pem": {{Quoted(authorityKey["private_key_pem"])}}, "is_ca_certificate": true, "validity_period_hours": 24, "allowed_uses": ["cert_signing", "crl_signing"],
              "subject": [{ "common_name": "Orders CA", "organization": "Causeway", "country": "DE" }] }
            """);
        var key = Create("tls_private_key", """{ "algorithm": "ECDSA", "ecdsa_curve": "P384" }""");
        var request = Create("tls_cert_request", $$"""
            { "private_key_pem": {{Quoted(key["private_key_pem"])}}, "dns_names": ["orders.internal"], "ip_addresses": ["10.0.0.1"], "subject": [{ "common_name": "orders" }] }
            """);
        var signed = Create("tls_locally_signed_cert", $$"""
            { "cert_request_pem": {{Quoted(request["cert_request_pem"])}}, "ca_private_key_pem": {{Quoted(authorityKey["private_key_pem"])}}, "ca_cert_pem": {{Quoted(authority["cert_pem"])}},
              "validity_period_hours": 12, "allowed_uses": ["digital_signature", "server_auth"] }
            """);

        using var root = X509Certificate2.CreateFromPem(authority["cert_pem"].AsText);
        using var leaf = X509Certificate2.CreateFromPem(signed["cert_pem"].AsText);
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        chain.ChainPolicy.CustomTrustStore.Add(root);

        Assert.True(chain.Build(leaf), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(leaf.MatchesHostname("orders.internal"));
        Assert.Equal(TimeSpan.FromHours(12), leaf.NotAfter - leaf.NotBefore);
        Assert.Equal(algorithm, signed["ca_key_algorithm"].AsText);
        Assert.Equal(
            "CN=Orders CA,O=Causeway,C=DE",
            Ask.Data("tls_certificate", $$"""{ "content": {{Quoted(signed["cert_pem"])}} }""")["certificates"].Items[0]["issuer"].AsText);
        Assert.Equal(
            signed["id"], Ask.Data("tls_certificate", $$"""{ "content": {{Quoted(signed["cert_pem"])}} }""")["certificates"].Items[0]["serial_number"]);
    }

    [Fact]
    public void A_certificate_may_be_signed_on_Ed25519()
    {
        var key = Create("tls_private_key", """{ "algorithm": "ED25519" }""");
        var signed = Create("tls_self_signed_cert", $$"""{ "private_key_pem": {{Quoted(key["private_key_pem"])}}, "validity_period_hours": 1, "allowed_uses": [], "subject": [{ "common_name": "orders" }] }""");
        var read = Ask.Data("tls_certificate", $$"""{ "content": {{Quoted(signed["cert_pem"])}} }""")["certificates"].Items[0];

        Assert.Equal(["Ed25519", "Ed25519", "CN=orders"], new[] { "public_key_algorithm", "signature_algorithm", "subject" }.Select(name => read[name].AsText));
    }

    [Fact]
    public void A_server_s_certificates_are_made_up_without_a_network_and_stay_the_same()
    {
        const string Arguments = """{ "url": "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF" }""";
        var certificates = Ask.Data("tls_certificate", Arguments)["certificates"].Items;

        Assert.Equal(["true", "true", "false"], certificates.Select(certificate => certificate["is_ca"].ToString()));
        Assert.Equal("CN=oidc.eks.eu-central-1.amazonaws.com", certificates[2]["subject"].AsText);
        Assert.Equal(certificates[1]["subject"], certificates[2]["issuer"]);
        Assert.Equal(certificates[0]["subject"], certificates[1]["issuer"]);
        Assert.All(certificates, certificate => Assert.Matches("^[0-9a-f]{40}$", certificate["sha1_fingerprint"].AsText));
        Assert.Equal(Ask.Data("tls_certificate", Arguments), Ask.Data("tls_certificate", Arguments));

        using var leaf = X509Certificate2.CreateFromPem(certificates[2]["cert_pem"].AsText);
        Assert.Equal(leaf.Thumbprint, certificates[2]["sha1_fingerprint"].AsText, ignoreCase: true);
    }

    [Theory]
    [InlineData("tls_private_key", """{ "algorithm": "DSA" }""", "algorithm")]
    [InlineData("tls_private_key", """{ "algorithm": "ECDSA", "ecdsa_curve": "P1" }""", "ecdsa_curve")]
    [InlineData("tls_cert_request", """{ "private_key_pem": "none" }""", "private_key_pem")]
    public void What_is_not_a_key_is_refused(string type, string arguments, string argument) =>
        Assert.Equal([argument], Assert.Throws<RefusalException>(() => { Create(type, arguments); }).Path);

    [Theory]
    [InlineData("tls_certificate", """{ "url": "http://orders.internal" }""")]
    [InlineData("tls_certificate", """{ "content": "none" }""")]
    [InlineData("tls_certificate", "{}")]
    [InlineData("tls_public_key", """{ "private_key_pem": "none" }""")]
    [InlineData("tls_public_key", """{ "private_key_openssh": "none" }""")]
    public void What_cannot_be_read_is_refused(string type, string arguments) => Assert.NotEmpty(Ask.Refused(type, arguments).Message);
}
