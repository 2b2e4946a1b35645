using System.Text;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Files;

/// <summary><c>local_file</c> and <c>local_sensitive_file</c>: data sources read, resources really write, below the working directory only.</summary>
internal static class LocalFileValues
{
    public static Value Read(Value config, ProviderContext context)
    {
        var name = config["filename"].AsText ?? "";
        byte[] content;

        try
        {
            content = File.ReadAllBytes(Place.Full(name, context));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusalException("Read local file data source error", $"The file at given path cannot be read: {fault.Message}", ["filename"]);
        }

        return Value.Object(
        [
            ("id", Value.Of(Digests.Sha1(content))),
            ("content", Value.Of(Encoding.UTF8.GetString(content))),
            ("content_base64", Value.Of(Convert.ToBase64String(content))),
            .. Digests.OfContent(content),
        ]);
    }

    public static Value Write(Value planned, ProviderContext context) => Write(planned, context, "0777", "0777");

    public static Value WriteSensitive(Value planned, ProviderContext context) => Write(planned, context, "0700", "0700");

    /// <summary>Removes what was written; a missing file is not an error, and what lies outside is left alone.</summary>
    public static void Delete(Value state, ProviderContext context)
    {
        if (state["filename"].Given() is { } name)
        {
            File.Delete(Place.Writable(name, context, "filename"));
        }
    }

    /// <summary>Whether the file is still what was written: the real provider drops it from the state otherwise, and writes it again.</summary>
    public static bool IsThere(Value state, ProviderContext context)
    {
        var path = Place.Full(state["filename"].AsText ?? "", context);

        return File.Exists(path) && Digests.Sha1(File.ReadAllBytes(path)) == state["id"].AsText;
    }

    private static Value Write(Value planned, ProviderContext context, string fileMode, string folderMode)
    {
        var path = Place.Writable(planned["filename"].AsText ?? "", context, "filename");
        var content = Content(planned, context);
        fileMode = planned["file_permission"].Given() ?? fileMode;
        folderMode = planned["directory_permission"].Given() ?? folderMode;
        CreateFolder(Path.GetDirectoryName(path)!, Mode(folderMode, "directory_permission"));
        File.WriteAllBytes(path, content);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode(fileMode, "file_permission"));
        }

        return Value.Object(
        [
            ("id", Value.Of(Digests.Sha1(content))),
            ("file_permission", Value.Of(fileMode)),
            ("directory_permission", Value.Of(folderMode)),
            .. Digests.OfContent(content),
        ]);
    }

    private static byte[] Content(Value planned, ProviderContext context)
    {
        if (planned["content_base64"].AsText is { } encoded)
        {
            try
            {
                return Convert.FromBase64String(encoded);
            }
            catch (FormatException fault)
            {
                throw new RefusalException("Create local file error", $"content_base64 is not base64: {fault.Message}", ["content_base64"]);
            }
        }

        return planned["source"].Given() is { } source
            ? File.ReadAllBytes(Place.Full(source, context))
            : Encoding.UTF8.GetBytes(planned["content"].AsText ?? planned["sensitive_content"].AsText ?? "");
    }

    private static void CreateFolder(string folder, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, mode);
        }
    }

    private static UnixFileMode Mode(string octal, string argument)
    {
        try
        {
            return (UnixFileMode)(Convert.ToInt32(octal, 8) & 0x1ff);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException)
        {
            throw new RefusalException("Invalid File Permission String", $"{octal} is not a mode in octal digits, such as 0644.", [argument]);
        }
    }
}
