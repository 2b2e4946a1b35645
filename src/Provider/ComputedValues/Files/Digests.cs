using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Files;

/// <summary>The checksums that the providers <c>local</c> and <c>archive</c> give of a content.</summary>
[SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what these attributes are.")]
[SuppressMessage("Security", "CA5351", Justification = "MD5 is what these attributes are.")]
internal static class Digests
{
    public static string Sha1(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA1.HashData(content));

    public static string Md5(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(MD5.HashData(content));

    /// <summary><c>content_md5</c> and its neighbours.</summary>
    public static IEnumerable<(string, Value)> OfContent(byte[] content) =>
    [
        ("content_md5", Value.Of(Md5(content))),
        ("content_sha1", Value.Of(Sha1(content))),
        ("content_sha256", Value.Of(Convert.ToHexStringLower(SHA256.HashData(content)))),
        ("content_base64sha256", Value.Of(Convert.ToBase64String(SHA256.HashData(content)))),
        ("content_sha512", Value.Of(Convert.ToHexStringLower(SHA512.HashData(content)))),
        ("content_base64sha512", Value.Of(Convert.ToBase64String(SHA512.HashData(content)))),
    ];

    /// <summary><c>output_md5</c> and its neighbours.</summary>
    public static IEnumerable<(string, Value)> OfOutput(byte[] content) =>
    [
        ("output_size", Value.Of(content.Length)),
        ("output_md5", Value.Of(Md5(content))),
        ("output_sha", Value.Of(Sha1(content))),
        ("output_sha256", Value.Of(Convert.ToHexStringLower(SHA256.HashData(content)))),
        ("output_base64sha256", Value.Of(Convert.ToBase64String(SHA256.HashData(content)))),
        ("output_sha512", Value.Of(Convert.ToHexStringLower(SHA512.HashData(content)))),
        ("output_base64sha512", Value.Of(Convert.ToBase64String(SHA512.HashData(content)))),
    ];
}
