using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Files;

/// <summary>
/// <c>archive_file</c>: really makes the archive, below the working directory only. The same files make the same bytes: entries are sorted and carry one fixed
/// time.
/// The checksums are those of the archive that is there; the real provider's differ, since Go compresses otherwise than .NET.
/// </summary>
internal static class ArchiveValues
{
    private static DateTimeOffset Then => new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Value Make(Value config, ProviderContext context)
    {
        var path = Place.Writable(config["output_path"].AsText ?? "", context, "output_path");
        var entries = Entries(config, context, path).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var content = config["type"].AsText switch
        {
            "zip" => Zip(entries),
            "tar.gz" or "tgz" => Tar(entries),
            var other => throw new RefusalException("Archive creation error", $"error creating archive: archive type not supported: {other}", ["type"]),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);

        return Value.Object([("id", Value.Of(Digests.Sha1(content))), .. Digests.OfOutput(content)]);
    }

    private static IEnumerable<Entry> Entries(Value config, ProviderContext context, string output)
    {
        UnixFileMode? wanted = config["output_file_mode"].Given() is { } octal ? (UnixFileMode)(Convert.ToInt32(octal, 8) & 0x1ff) : null;
        const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        if (config["source_dir"].Given() is { } folder)
        {
            var root = Place.Full(folder, context);

            if (!Directory.Exists(root))
            {
                throw new RefusalException(
                    "Archive creation error",
                    $"error creating archive: error archiving directory: could not archive missing directory: {folder}",
                    ["source_dir"]);
            }

            var excludes = config["excludes"].Texts();

            // An archive beside its own sources does not contain what is left of the last one.
            return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => file != output)
                .Select(file => (File: file, Name: Path.GetRelativePath(root, file).Replace('\\', '/')))
                .Where(file => !excludes.Any(exclude => Excludes(exclude, file.Name)))
                .Select(file => Read(file.File, file.Name, wanted));
        }

        if (config["source_file"].Given() is { } source)
        {
            var file = Place.Full(source, context);

            return File.Exists(file)
                ? [Read(file, Path.GetFileName(file), wanted)]
                : throw new RefusalException(
                    "Archive creation error", $"error creating archive: error archiving file: could not archive missing file: {source}", ["source_file"]);
        }

        if (config["source_content_filename"].Given() is { } name)
        {
            return [new(name, Encoding.UTF8.GetBytes(config["source_content"].AsText ?? ""), wanted ?? Plain)];
        }

        return config["source"].Items is { Count: > 0 } sources
            ? sources.Select(one => new Entry(one["filename"].AsText ?? "", Encoding.UTF8.GetBytes(one["content"].AsText ?? ""), wanted ?? Plain))
            : throw new RefusalException(
                "Missing Attribute Configuration",
                "At least one of these attributes must be configured: [source,source_content_filename,source_file,source_dir]");
    }

    private static Entry Read(string file, string name, UnixFileMode? mode) =>
        new(name, File.ReadAllBytes(file), mode ?? (OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file)));

    // A pattern stands for a path or a folder; ** crosses folders, * does not.
    private static bool Excludes(string exclude, string name)
    {
        var pattern = Regex.Escape(exclude)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);

        return exclude is not "" && Regex.IsMatch(name, $"^{pattern}(/|$)");
    }

    private static byte[] Zip(IEnumerable<Entry> entries)
    {
        using var buffer = new MemoryStream();

        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                var place = zip.CreateEntry(entry.Name);
                place.LastWriteTime = Then;
                place.ExternalAttributes = (0x8000 | (int)entry.Mode) << 16;
                using var stream = place.Open();
                stream.Write(entry.Content);
            }
        }

        return buffer.ToArray();
    }

    private static byte[] Tar(IEnumerable<Entry> entries)
    {
        using var buffer = new MemoryStream();

        using (var compressed = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(compressed, TarEntryFormat.Ustar))
        {
            foreach (var entry in entries)
            {
                using var content = new MemoryStream(entry.Content);
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content, Mode = entry.Mode, ModificationTime = Then });
            }
        }

        return buffer.ToArray();
    }

    private sealed record Entry(string Name, byte[] Content, UnixFileMode Mode);
}
