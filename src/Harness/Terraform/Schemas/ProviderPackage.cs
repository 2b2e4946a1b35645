using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>An npm package of generated classes for one provider, as the registry packs it.</summary>
/// <param name="Npm">The package's name: <c>@cdktn/provider-aws</c>.</param>
/// <param name="Version">The package's version, which is not the provider's.</param>
/// <param name="PackedFile">Path of the <c>.tgz</c>.</param>
public sealed record ProviderPackage(string Npm, string Version, string PackedFile)
{
    private const string Library = "package/lib/";

    /// <summary>Reads the schema of every type. The whole of aws (480 MB unpacked) takes some seconds.</summary>
    /// <exception cref="InvalidDataException">The package is broken or written in a form that is not known; the message names package, file and
    /// type.</exception>
    /// <param name="at">Receives how many bytes of the packed file are read.</param>
    public ProviderSchema ReadAll(Action<long>? at = null)
    {
        var (description, folders) = ReadFiles(at);
        var (address, version) = ProviderIn(description);

        if (folders.Count is 0)
        {
            throw Broken("lib", "it holds no classes");
        }

        var built = BuildTypes(folders, nestedAttributes: false);

        // One nested attribute anywhere proves protocol 6. Then attributes that could be either are nested ones, too.
        if (built.Any(type => type.HasNestedAttributes))
        {
            built = BuildTypes(folders, nestedAttributes: true);
        }

        SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Of(string kind) =>
            new(built.Where(type => type.Kind == kind).ToDictionary(type => type.Name, type => type.Members), StringComparer.Ordinal);

        var resources = Of("TerraformResource");
        LeftOutBlocks.Restore(resources);

        return new ProviderSchema(
            address,
            version,
            $"{Npm} {Version}",
            built.SingleOrDefault(type => type.Kind is "TerraformProvider")?.Members
                ?? throw Broken("lib/provider", "it holds no class of the provider's configuration"),
            resources,
            Of("TerraformDataSource"),
            Of("TerraformEphemeralResource"));
    }

    private sealed record BuiltType(string Kind, string Name, IReadOnlyDictionary<string, MemberSchema> Members, bool HasNestedAttributes);

    // Read one after the other, since a tar has no index; each is parsed aside meanwhile, and its text dropped.
    private (JsonNode Description, Dictionary<string, GeneratedCode> Folders) ReadFiles(Action<long>? at)
    {
        JsonNode? description = null;
        using var files = new BlockingCollection<(string Name, byte[] Content)>(boundedCapacity: 64);
        var folders = new Dictionary<string, GeneratedCode>();

        var parsing = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount - 1)).Select(_ => Task.Factory.StartNew(
            () =>
            {
                foreach (var (name, content) in files.GetConsumingEnumerable())
                {
                    var code = Parse(name, content);

                    lock (folders)
                    {
                        var folder = name[..name.IndexOf('/')];

                        if (folders.TryGetValue(folder, out var whole))
                        {
                            whole.Add(code);
                        }
                        else
                        {
                            folders[folder] = code;
                        }
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        try
        {
            using var packed = File.OpenRead(PackedFile);
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            using var tar = new TarReader(gzip);

            while (tar.GetNextEntry() is { } entry)
            {
                at?.Invoke(packed.Position);

                if (entry is { Name: "package/package.json", DataStream: { } json })
                {
                    description = JsonNode.Parse(json);
                }
                else if (IsScript(entry.Name) && entry.DataStream is { } data)
                {
                    var content = new byte[entry.Length];
                    data.ReadExactly(content);

                    while (!files.TryAdd((entry.Name[Library.Length..], content), TimeSpan.FromMilliseconds(200)))
                    {
                        if (parsing.FirstOrDefault(task => task.IsFaulted) is { } failed)
                        {
                            failed.GetAwaiter().GetResult();
                        }
                    }
                }
            }
        }
        catch (Exception broken) when (
            broken is InvalidDataException or EndOfStreamException or System.Text.Json.JsonException
            && !broken.Message.StartsWith(Npm, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{Npm}@{Version}: {PackedFile} cannot be read ({broken.Message}). Delete it to have it fetched again.", broken);
        }
        finally
        {
            files.CompleteAdding();
        }

        foreach (var task in parsing)
        {
            task.GetAwaiter().GetResult();
        }

        return (description ?? throw Broken("package.json", "there is none"), folders);
    }

    // lib/index.js and lib/lazy-index.js only list the folders, the index.js beside shards lists the shards; functions are not types.
    private static bool IsScript(string name) =>
        name.StartsWith(Library, StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal) && name.IndexOf('/', Library.Length) > 0
        && !name.EndsWith("/index-structs/index.js", StringComparison.Ordinal) && name is not "package/lib/provider-functions/index.js";

    private GeneratedCode Parse(string name, byte[] content)
    {
        try
        {
            return GeneratedCode.OfScript(content);
        }
        catch (InvalidDataException unknown)
        {
            throw Broken($"lib/{name}", unknown.Message);
        }
    }

    private (string Address, string Version) ProviderIn(JsonNode description)
    {
        var provider = (description["cdktn"] ?? description["cdktf"])?["provider"];

        return ((string?)provider?["name"], (string?)provider?["version"]) is ({ } address, { } version)
            ? (address, version)
            : throw Broken("package.json", "it does not say which provider and version it is for (`cdktn.provider` or `cdktf.provider`)");
    }

    private IReadOnlyList<BuiltType> BuildTypes(IReadOnlyDictionary<string, GeneratedCode> folders, bool nestedAttributes)
    {
        var built = new ConcurrentBag<BuiltType>();
        var problems = new ConcurrentBag<InvalidDataException>();

        Parallel.ForEach(folders, (folder, loop) =>
        {
            try
            {
                built.Add(BuildType(folder.Key, folder.Value, nestedAttributes));
            }
            catch (InvalidDataException problem)
            {
                problems.Add(problem);
                loop.Stop();
            }
        });

        return problems.MinBy(problem => problem.Message, StringComparer.Ordinal) is { } first ? throw first : [.. built];
    }

    private BuiltType BuildType(string folder, GeneratedCode code, bool nestedAttributes)
    {
        var classes = code.Classes.Where(
            pair => pair.Value.Base is "TerraformResource" or "TerraformDataSource" or "TerraformEphemeralResource" or "TerraformProvider")
            .ToList();

        if (classes is not [var (name, declaration)])
        {
            throw Broken($"lib/{folder}/index.js", $"it holds {classes.Count} classes of a resource, a data source or a provider instead of 1");
        }

        if (declaration.ResourceType is not { } type)
        {
            throw Broken($"lib/{folder}/index.js", $"class {name} does not say its Terraform type (`tfResourceType`)");
        }

        try
        {
            var builder = new SchemaBuilder(code, nestedAttributes);
            var members = builder.Build(name);

            return new BuiltType(declaration.Base, type, members, builder.HasNestedAttributes);
        }
        catch (InvalidDataException unknown)
        {
            throw Broken($"lib/{folder}/index.js", $"{type}: {unknown.Message}");
        }
    }

    private InvalidDataException Broken(string file, string problem) => new($"{Npm}@{Version}, {file}: {problem}.");
}
