using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Argo.Generators;

/// <summary>Files, or folders, of a git repository that fit a pattern. A file's content becomes parameters, its place <c>.path</c>.</summary>
internal sealed class GitGenerator : IGenerator
{
    public string Kind => "git";

    public async Task<IReadOnlyList<JsonObject>> ParametersAsync(Place generator, GeneratorContext context, CancellationToken stop)
    {
        generator.ExpectOnly("repoURL", "revision", "files", "directories", "values", "pathParamPrefix", "requeueAfterSeconds", "template");
        var (files, directories) = (generator.Parts("files"), generator.Parts("directories"));

        if (files is [] == directories is [])
        {
            throw generator.Invalid("it takes either files or directories.");
        }

        files.Concat(directories).ToList().ForEach(item => item.ExpectOnly("path", "exclude"));
        var folder = await context.Sources.FolderAsync(generator.Needed("repoURL"), generator.Text("revision") ?? "HEAD", generator.Where, stop);
        var parameters = files is [] ? OfDirectories(generator, folder, directories) : OfFiles(generator, folder, files);

        return await Generator.WithValuesAsync([.. parameters], generator, context.Templates, stop);
    }

    private static IEnumerable<JsonObject> OfFiles(Place generator, string folder, IReadOnlyList<Place> files)
    {
        var byUse = files.ToLookup(item => item.IsOn("exclude"), item => Files(folder, item.Needed("path")));
        var found = new SortedSet<string>(byUse[false].SelectMany(fitting => fitting), StringComparer.Ordinal);
        found.ExceptWith(byUse[true].SelectMany(fitting => fitting));

        foreach (var file in found)
        {
            foreach (var content in Contents(Path.Combine(folder, file), $"{generator.Where}: {file}"))
            {
                var directory = Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".";
                var path = Of(directory);
                path["filename"] = Path.GetFileName(file);
                path["filenameNormalized"] = Names.Normalized(Path.GetFileName(file));

                yield return WithPath(generator, content, path);
            }
        }
    }

    // A file holds an object, or a list of them.
    private static IEnumerable<JsonObject> Contents(string file, string place) => Yaml.Load(File.ReadAllText(file), place) switch
    {
        [] => [[]],
        [JsonObject only] => [only],
        [JsonArray list] when list.All(item => item is JsonObject) => [.. list.Select(item => item!.DeepClone().AsObject())],
        _ => throw new InvalidDataException($"{place} has to be one object, or a list of objects, of YAML or JSON."),
    };

    private static IEnumerable<JsonObject> OfDirectories(Place generator, string folder, IReadOnlyList<Place> directories)
    {
        var patterns = directories.Select(item => (Fits: PathPattern(item), Excludes: item.IsOn("exclude"))).ToArray();

        return
        [
            .. Directories(folder, "")
                .Where(path => patterns.Any(pattern => !pattern.Excludes && pattern.Fits.IsMatch(path))
                    && !patterns.Any(pattern => pattern.Excludes && pattern.Fits.IsMatch(path)))
                .Order(StringComparer.Ordinal)
                .Select(path => WithPath(generator, [], Of(path))),
        ];
    }

    private static JsonObject Of(string directory) => new()
    {
        ["path"] = directory,
        ["basename"] = Path.GetFileName(directory),
        ["basenameNormalized"] = Names.Normalized(Path.GetFileName(directory)),
        ["segments"] = new JsonArray([.. directory.Split('/').Select(segment => (JsonNode)segment)]),
    };

    private static JsonObject WithPath(Place generator, JsonObject content, JsonObject path)
    {
        var parameters = content.DeepClone().AsObject();

        if (generator.Text("pathParamPrefix") is { Length: > 0 } prefix)
        {
            parameters[prefix] = new JsonObject { ["path"] = path };
        }
        else
        {
            parameters["path"] = path;
        }

        return parameters;
    }

    // As git's pathspecs: a star stands for slashes, too.
    private static IEnumerable<string> Files(string folder, string pattern)
    {
        var fits = new Regex($"^{Translated(pattern, ".*", ".")}{(pattern.IndexOfAny(['*', '?', '[']) < 0 ? "(/.*)?" : "")}$", RegexOptions.Singleline);
        var start = pattern[..(pattern.IndexOfAny(['*', '?', '[']) is >= 0 and var wildcard ? wildcard : pattern.Length)];
        var below = Path.Combine(folder, start.Contains('/', StringComparison.Ordinal) ? start[..start.LastIndexOf('/')] : "");

        return Directory.Exists(below)
            ? Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Where(file => !IsHidden(file) && fits.IsMatch(file))
            : [];
    }

    // As Go's path.Match: a star ends at a slash. Folders that begin with a dot are left out.
    private static Regex PathPattern(Place item) => new($"^{Translated(item.Needed("path"), "[^/]*", "[^/]")}$", RegexOptions.Singleline);

    private static IEnumerable<string> Directories(string folder, string below) =>
        Directory.EnumerateDirectories(Path.Combine(folder, below))
            .Select(path => Path.GetRelativePath(folder, path))
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .SelectMany(path => Directories(folder, path).Prepend(path));

    // What git and the tools keep for themselves is not of the repository.
    private static bool IsHidden(string file) =>
        file.StartsWith(".git/", StringComparison.Ordinal) || file.StartsWith(".causeway/", StringComparison.Ordinal);

    private static string Translated(string pattern, string star, string one) =>
        string.Concat(Regex.Matches(pattern, @"\[[^\]]+\]|.").Select(part => part.Value switch
        {
            "*" => star,
            "?" => one,
            ['[', _, ..] and var set => set.Replace("[!", "[^", StringComparison.Ordinal),
            var text => Regex.Escape(text),
        }));
}
