using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Argo;

/// <summary>A source that is a folder of plain manifests: https://argo-cd.readthedocs.io/en/stable/user-guide/directory/.</summary>
internal static class DirectorySource
{
    /// <param name="folder">The folder.</param>
    /// <param name="root">The repository's, for messages.</param>
    /// <param name="options">What the source says under <c>directory</c>; null where it says nothing.</param>
    /// <exception cref="InvalidDataException">A file is not YAML, a document in it is not an object of Kubernetes, or what renders it is not
    /// supported.</exception>
    public static IReadOnlyList<Manifest> Read(string folder, string root, Place? options)
    {
        options?.ExpectOnly("recurse", "include", "exclude");
        var (include, exclude) = (Pattern(options?.Text("include")), Pattern(options?.Text("exclude")));

        return
        [
            .. from file in Directory.EnumerateFiles(
                   folder, "*", options?.IsOn("recurse") is true ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Order(StringComparer.Ordinal)
               let inside = Path.GetRelativePath(folder, file)
               where Path.GetExtension(file) is ".yaml" or ".yml" or ".json" or ".jsonnet"
               where (include is null || include.IsMatch(inside)) && exclude?.IsMatch(inside) is not true
               let name = Path.GetRelativePath(root, file)
               from document in Documents(file, name)
               select new Manifest(name, document),
        ];
    }

    private static IEnumerable<JsonObject> Documents(string file, string name)
    {
        if (Path.GetExtension(file) is ".jsonnet")
        {
            throw new InvalidDataException($"{name}: Jsonnet is not supported by the offline rendering.");
        }

        return Yaml.Load(File.ReadAllText(file), name).Select(document => document is JsonObject item && item["kind"] is { } && item["apiVersion"] is { }
            ? item
            : throw new InvalidDataException($"{name}: a document in it has no kind or apiVersion: keep only manifests there, or exclude the file."));
    }

    // As Argo CD's library for them: a star stands for slashes, too; {a,b} is one of both.
    private static Regex? Pattern(string? glob) => glob is null or "" ? null : new Regex(
        $"^{string.Concat(Regex.Matches(glob, @"\*+|\[[^\]]+\]|.").Select(part => part.Value switch
        {
            ['*', ..] => ".*",
            "?" => ".",
            "{" => "(",
            "}" => ")",
            "," when glob.Contains('{', StringComparison.Ordinal) => "|",
            ['[', _, ..] and var set => set.Replace("[!", "[^", StringComparison.Ordinal),
            var text => Regex.Escape(text),
        }))}$",
        RegexOptions.Singleline);
}
