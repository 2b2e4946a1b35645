using System.Globalization;
using System.Xml.Linq;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Checks;

/// <summary>
/// The content of all that decides about a verdict, for <see cref="PassedBefore"/>. Rather too much than too little: what is missing here would let a fault
/// pass.
/// </summary>
public static class VerdictKeys
{
    private const string Environments = "terraform/envs/";

    /// <summary>For each environment, the content of all that decides about its plans: whatever Terraform gets but the other environments' files.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfPlansAsync(
        CheckContext context, IEnumerable<string> environments, CancellationToken stop)
    {
        var repository = context.Repository;
        var sources = await SourceFiles.OfAsync(repository, repository.PathTo("terraform"), stop);
        string[] files =
        [
            .. sources.Needed.Concat(sources.Named).Select(file => Path.GetRelativePath(repository.Root, file)),
            .. Machinery(await context.FilesAsync()),
            .. (await context.FilesAsync()).Where(file => file is "waivers.yaml"),
        ];
        var terraform = await context.VersionOfAsync("terraform", stop);

        // Waivers end with a day.
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        return environments.ToDictionary(environment => environment, environment => context.Passed.KeyOf(
            $"plans of {environment}",
            files.Where(file => !file.StartsWith(Environments, StringComparison.Ordinal)
                || file.StartsWith($"{Environments}{environment}/", StringComparison.Ordinal)),
            terraform,
            day));
    }

    /// <summary>For each example, the content of all that decides about it: whatever is in the modules that it reaches, and in what they name.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfExamplesAsync(
        CheckContext context, IEnumerable<string> examples, CancellationToken stop)
    {
        var repository = context.Repository;
        var files = await context.FilesAsync();
        string[] machinery = [.. Machinery(files)];
        var terraform = await context.VersionOfAsync("terraform", stop);

        return examples.ToDictionary(example => example, example =>
        {
            var root = repository.PathTo(example);
            string[] folders = [.. ModuleTree.Of(root).Folders];
            string[] reached = [.. folders.Concat(folders.SelectMany(folder => LiteralPath.In(root, folder))).Select(Inside)];

            return context.Passed.KeyOf(
                $"example {example}",
                [.. files.Where(file => reached.Any(place => file == place || IsBelow(file, place))), .. machinery],
                terraform);
        });

        // A module is without its examples.
        static bool IsBelow(string file, string folder) =>
            file.StartsWith($"{folder}/", StringComparison.Ordinal) && !file[(folder.Length + 1)..].StartsWith("examples/", StringComparison.Ordinal);

        string Inside(string path) => Path.GetRelativePath(repository.Root, path);
    }

    /// <summary>
    /// The content of all that decides about a workload's unit tests: its folder, and those of the projects that they are built from. (The tests of the offline
    /// suite read the whole repository.)
    /// </summary>
    public static async Task<string> OfTestsAsync(CheckContext context, string project)
    {
        var projects = new HashSet<string>();
        Follow(project);
        string[] folders = [.. projects.Select(file => Path.GetDirectoryName(file)!), string.Join('/', project.Split('/').Take(2))];
        var files = (await context.FilesAsync()).Where(file =>
            folders.Any(folder => file.StartsWith($"{folder}/", StringComparison.Ordinal)) || IsOfEveryBuild(file));

        return context.Passed.KeyOf($"tests {project}", files, $".NET {Environment.Version}");

        void Follow(string file)
        {
            if (projects.Add(file))
            {
                XDocument.Load(context.Repository.PathTo(file)).Descendants("ProjectReference")
                    .Select(reference => Path.GetFullPath((string)reference.Attribute("Include")!, context.Repository.PathTo(Path.GetDirectoryName(file)!)))
                    .ToList()
                    .ForEach(path => Follow(Path.GetRelativePath(context.Repository.Root, path)));
            }
        }
    }

    // What decides about every verdict of Terraform, beside its own files: the program that gives it, the provider, tools and packages.
    private static IEnumerable<string> Machinery(IEnumerable<string> files) => files.Where(file =>
        (file.StartsWith("src/", StringComparison.Ordinal) && !file.EndsWith(".md", StringComparison.Ordinal))
        || file is "build/tools.yaml" or "Directory.Build.props" or "Directory.Packages.props" or "global.json");

    // What MSBuild and the compiler read above the projects.
    private static bool IsOfEveryBuild(string file) =>
        Path.GetDirectoryName(file) is "" or "services" && Path.GetFileName(file) is var name
        && (name.StartsWith("Directory.", StringComparison.Ordinal) || name is "global.json" or ".editorconfig");
}
