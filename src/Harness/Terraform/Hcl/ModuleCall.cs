using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>Where a configuration calls a module.</summary>
/// <param name="File">Path of the file with the call.</param>
/// <param name="Source">As it is written.</param>
/// <param name="Version">The call's version constraint, if any.</param>
public sealed partial record ModuleCall(string Name, string File, int Line, string Source, string? Version)
{
    public const string PublicRegistry = "registry.terraform.io";

    /// <summary>The folder of a local module, or null.</summary>
    public string? LocalFolder =>
        Source is "." or ".." || Source.StartsWith("./", StringComparison.Ordinal) || Source.StartsWith("../", StringComparison.Ordinal)
            ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(File)!, Source))
            : null;

    /// <summary>The package a registry module is in, <c>ns/name/provider</c>, or null.</summary>
    public string? RegistryPackage => InRegistry is { } match ? match.Groups["package"].Value : null;

    /// <summary>The registry a module is in, the public one unless its source names another, or null.</summary>
    public string? RegistryHost => InRegistry is { } match ? match.Groups["host"] is { Success: true } host ? host.Value : PublicRegistry : null;

    /// <summary>The name of the git repository a module is in, without <c>.git</c>, or null where its source is not a git repository.</summary>
    public string? GitRepository =>
        IsOfGit && Parts.Package.Split('/', ':')[^1] is { Length: > 0 } name ? name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name : null;

    /// <summary>The source is on another machine, as far as Terraform knows. An absolute path is not, nor is a source that is not a literal.</summary>
    public bool IsRemote => LocalFolder is null && Source is not "" && Source[0] != '/' && !Source.StartsWith("file://", StringComparison.Ordinal);

    /// <summary>The folder inside the package: what follows <c>//</c>.</summary>
    public string Inside => Parts.Inside;

    // GitHub's are the only ones with a short form that needs no question to the host.
    private bool IsOfGit => Source.StartsWith("git::", StringComparison.Ordinal)
        || Source.StartsWith("git@", StringComparison.Ordinal)
        || Source.StartsWith("github.com/", StringComparison.Ordinal);

    private Match? InRegistry => !IsOfGit && LocalFolder is null && Registry().Match(Source) is { Success: true } match ? match : null;

    private (string Package, string Inside) Parts
    {
        get
        {
            var address = Source.Split('?')[0];
            var scheme = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var end ? end + 3 : 0;

            return (address.IndexOf("//", scheme, StringComparison.Ordinal), address.Split('/')) switch
            {
                ( >= 0 and var at, _) => (address[..at].TrimEnd('/'), address[(at + 2)..]),
                (_, ["github.com", var owner, var name, .. { Length: > 0 } inside]) => ($"github.com/{owner}/{name}", string.Join('/', inside)),
                _ => (address.TrimEnd('/'), ""),
            };
        }
    }

    /// <summary>The calls in the files of one folder, and in the tests there.</summary>
    public static IReadOnlyList<ModuleCall> In(string folder) =>
        [
            .. Configuration.ReadFolder(folder)
                .Where(block => block is { Type: "module", Labels: [_] })
                .Select(block => Of(block, block.Labels[0])),
            .. TestFiles.In(folder)
                .SelectMany(Configuration.ReadFile)
                .Where(block => block.Type == "run")
                .SelectMany(run => run.Blocks)
                .Where(block => block.Type == "module")
                .Select(block => OfTest(folder, block))
        ];

    private static ModuleCall Of(ConfigurationBlock block, string name) =>
        new(name, block.File, block.Line, block.Texts.GetValueOrDefault("source") ?? "", block.Texts.GetValueOrDefault("version"));

    // A test's sources are relative to the folder of the module it tests.
    private static ModuleCall OfTest(string folder, ConfigurationBlock block) =>
        Of(block, "test") with { File = Path.Combine(folder, Path.GetFileName(block.File)) };

    [GeneratedRegex(@"^(?:(?<host>[\w-]+(?:\.[\w-]+)+(?::\d+)?)/)?(?<package>[\w-]+/[\w-]+/[\w-]+)(?://.*)?$")]
    private static partial Regex Registry();
}
