using System.IO.Compression;
using System.Text;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Files;

/// <summary>
/// <c>cloudinit_config</c>: a multipart MIME document, printed as Go's mime/multipart does. Gzip's bytes are .NET's, so they differ from the real provider's,
/// and unpack to the same text. Source: https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs/data-sources/config.
/// </summary>
internal static class CloudInitValues
{
    public static Value Render(Value config, ProviderContext context)
    {
        var zip = config["gzip"].AsBool ?? true;
        var encode = config["base64_encode"].AsBool ?? true;
        var boundary = config["boundary"].AsText ?? "MIMEBOUNDARY";

        if (zip && !encode)
        {
            throw new RefusalException("Invalid Attribute Configuration", "Expected base64_encode to be set to true when gzip is true.", ["base64_encode"]);
        }

        var text = Encoding.UTF8.GetBytes(Multipart(boundary, config["part"].Items));
        var bytes = zip ? Compress(text) : text;
        var rendered = encode ? Convert.ToBase64String(bytes) : Encoding.UTF8.GetString(bytes);

        return Value.Object(
            ("id", Value.Of(Derived.Checksum(rendered).ToString())),
            ("base64_encode", Value.Of(encode)),
            ("boundary", Value.Of(boundary)),
            ("gzip", Value.Of(zip)),
            ("rendered", Value.Of(rendered)));
    }

    private static string Multipart(string boundary, IReadOnlyList<Value> parts)
    {
        var text = new StringBuilder($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\nMIME-Version: 1.0\r\n\r\n");

        foreach (var (position, part) in parts.Index())
        {
            text.Append(position == 0 ? "" : "\r\n").Append($"--{boundary}\r\n");

            // Headers stand in alphabetical order, as Go writes them.
            if (part["filename"].Given() is { } name)
            {
                text.Append($"Content-Disposition: attachment; filename=\"{name}\"\r\n");
            }

            text.Append($"Content-Transfer-Encoding: 7bit\r\nContent-Type: {part["content_type"].Given() ?? "text/plain"}\r\nMime-Version: 1.0\r\n");

            if (part["merge_type"].Given() is { } merge)
            {
                text.Append($"X-Merge-Type: {merge}\r\n");
            }

            text.Append("\r\n").Append(part["content"].AsText);
        }

        return text.Append($"\r\n--{boundary}--\r\n").ToString();
    }

    private static byte[] Compress(byte[] text)
    {
        using var buffer = new MemoryStream();

        using (var compressed = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            compressed.Write(text);
        }

        return buffer.ToArray();
    }
}
