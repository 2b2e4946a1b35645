using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform;

/// <summary>Where a configuration calls a module.</summary>
/// <param name="File">Path of the file with the call.</param>
/// <param name="Source">As it is written.</param>
/// <param name="Version">The call's version constraint, if any.</param>
public sealed partial record ModuleCall(string Name, string File, int Line, string Source, string? Version)
{
    /// <summary>The folder of a local module, or null.</summary>
    public string? LocalFolder =>
        Source is "." or ".." || Source.StartsWith("./", StringComparison.Ordinal) || Source.StartsWith("../", StringComparison.Ordinal)
            ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(File)!, Source))
            : null;

    /// <summary>The package a registry module is in, <c>ns/name/provider</c>, or null. Only the public registry's: any other host is somebody's own.</summary>
    public string? RegistryPackage => Registry().Match(Source) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The folder inside the package: what follows <c>//</c>.</summary>
    public string Inside => Source.Split('?')[0].Split("//") is [_, .., var inside] && !Source.Contains("://", StringComparison.Ordinal) ? inside : "";

    /// <summary>The calls in the files of one folder, and in the tests there.</summary>
    public static IReadOnlyList<ModuleCall> In(string folder) =>
        [.. Configuration.ReadFolder(folder).Where(block => block is { Type: "module", Labels: [_] }).Select(block => Of(block, block.Labels[0])),
            .. TestFiles.In(folder).SelectMany(Configuration.ReadFile).Where(block => block.Type == "run").SelectMany(run => run.Blocks).Where(block => block.Type == "module").Select(block => OfTest(folder, block))];

    private static ModuleCall Of(ConfigurationBlock block, string name) => new(name, block.File, block.Line, block.Texts.GetValueOrDefault("source") ?? "", block.Texts.GetValueOrDefault("version"));

    // A test's sources are relative to the folder of the module it tests.
    private static ModuleCall OfTest(string folder, ConfigurationBlock block) => Of(block, "test") with { File = Path.Combine(folder, Path.GetFileName(block.File)) };

    [GeneratedRegex(@"^(?:registry\.terraform\.io/)?([\w-]+/[\w-]+/[\w-]+)(?://.*)?$")]
    private static partial Regex Registry();
}

/// <summary>All a root reaches: its own folder, local modules, and modules of the registry where a folder for them was found.</summary>
/// <param name="Folders">Absolute paths, the root first.</param>
/// <param name="Calls">Every call of a module, wherever it is.</param>
public sealed record ModuleTree(IReadOnlyList<string> Folders, IReadOnlyList<ModuleCall> Calls)
{
    /// <param name="package">The folder of a registry package, or null where there is none.</param>
    public static ModuleTree Of(string root, Func<ModuleCall, string?>? package = null)
    {
        var (folders, calls) = (new List<string>(), new List<ModuleCall>());
        var waiting = new Queue<string>([Path.GetFullPath(root)]);

        while (waiting.TryDequeue(out var folder))
        {
            if (folders.Contains(folder))
            {
                continue;
            }

            folders.Add(folder);

            foreach (var call in ModuleCall.In(folder))
            {
                calls.Add(call);

                if (call.LocalFolder is { } local)
                {
                    waiting.Enqueue(local.TrimEnd('/'));
                }
                else if (call.RegistryPackage is not null && package?.Invoke(call) is { } found)
                {
                    waiting.Enqueue(Path.GetFullPath(Path.Combine(found, call.Inside)));
                }
            }
        }

        return new(folders, calls);
    }
}
