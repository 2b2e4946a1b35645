using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Contract;

/// <summary>
/// The names of environment variables that a .NET program can read: they are texts in its assemblies, in code or in attributes. Nothing is run.
/// Format: ECMA-335, II.24.2.4 (texts of code) and II.23.3 (attributes).
/// </summary>
/// <param name="Own">Those in this repository's assemblies.</param>
/// <param name="All">Those in the libraries, too.</param>
public sealed partial record ProgramVariables(IReadOnlySet<string> Own, IReadOnlySet<string> All)
{
    private const string KeyAttribute = "ConfigurationKeyNameAttribute";

    /// <param name="folder">Where the program was built to, with all its libraries but the framework's.</param>
    /// <param name="isOwn">Whether an assembly is this repository's, by its file's name.</param>
    /// <exception cref="PlatformException">There are no assemblies.</exception>
    public static ProgramVariables Of(string folder, Func<string, bool> isOwn)
    {
        var own = new HashSet<string>();
        var all = new HashSet<string>();
        string[] assemblies = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.dll") : [];

        if (assemblies is [])
        {
            throw new PlatformException($"{folder} has no program.", "Build it: `./causeway test` does, and `dotnet build` for one project.");
        }

        foreach (var assembly in assemblies)
        {
            string[] names = [.. Names(assembly)];
            all.UnionWith(names);

            if (isOwn(Path.GetFileName(assembly)))
            {
                own.UnionWith(names);
            }
        }

        return new(own, all);
    }

    // Of the texts in code, those of several words: one word in capitals is more often another thing.
    private static List<string> Names(string assembly)
    {
        using var file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        var names = new List<string>();

        if (!image.HasMetadata)
        {
            return names;
        }

        var reader = image.GetMetadataReader();

        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
        {
            if (reader.GetUserString(handle) is var text && SeveralWords().IsMatch(text))
            {
                names.Add(text);
            }
        }

        names.AddRange(
            from handle in reader.CustomAttributes
            let attribute = reader.GetCustomAttribute(handle)
            where IsKey(reader, attribute)
            select Key(reader, attribute));

        return names;
    }

    private static bool IsKey(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind is HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
        && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name) is KeyAttribute;

    // Two bytes of prologue, then the name.
    private static string Key(MetadataReader reader, CustomAttribute attribute)
    {
        var value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();

        return value.ReadSerializedString() ?? "";
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")]
    private static partial Regex SeveralWords();
}
