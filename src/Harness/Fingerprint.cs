using System.Security.Cryptography;
using System.Text;

namespace Causeway.Harness;

/// <summary>Names what is made by what it is made from: the same content, the same name, whatever the files' times.</summary>
public static class Fingerprint
{
    /// <summary>Over texts: 16 hexadecimal digits of their SHA-256.</summary>
    public static string Of(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..16];

    /// <summary>Over names and contents of files, in whatever order they come: a part for <see cref="Of"/>.</summary>
    /// <param name="folder">What the names are relative to.</param>
    /// <exception cref="FileNotFoundException">One is missing.</exception>
    public static string OfFiles(string folder, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
