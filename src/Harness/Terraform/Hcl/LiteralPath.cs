using System.Text.RegularExpressions;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>
/// Paths that a configuration spells out, such as that of <c>file("${path.module}/../files/p.txt")</c>: what it reads and no module call leads to.
/// </summary>
internal static partial class LiteralPath
{
    /// <summary>Absolute paths, which need not exist. Of a path that goes on with an interpolation or a wildcard, the folder before it.</summary>
    /// <param name="root">Where Terraform runs: what a path without <c>path.module</c> is relative to.</param>
    /// <param name="folder">The module's folder.</param>
    public static IEnumerable<string> In(string root, string folder) =>
        Configuration.Files(folder).Concat(TestFiles.In(folder))
            .SelectMany(file => Written().Matches(SourceText.Read(file)))
            .SelectMany(match => Bases(match.Groups["base"].Value, root, folder).Select(start => Path.GetFullPath(Path.Combine(start, Whole(match)))))
            .Select(Path.TrimEndingDirectorySeparator)
            .Distinct();

    // A bare path is the root's for `file`, the module's for `fileset(path.module, …)`.
    private static string[] Bases(string name, string root, string folder) => name switch
    {
        "module" => [folder],
        "" => [root, folder],
        _ => [root],
    };

    private static string Whole(Match match) => match.Groups["path"].Value is var path && match.Groups["end"].Value is "\""
        ? path
        : path[..(path.LastIndexOf('/') + 1)];

    [GeneratedRegex("""
        "(?:\$\{path\.(?<base>module|root|cwd)\}/|(?=\.{1,2}/))(?<path>[^"$%{}*?\\\n]*)(?<end>["$%{*?])
        """)]
    private static partial Regex Written();
}
