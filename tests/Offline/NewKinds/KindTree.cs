using Causeway.Harness;

namespace Causeway.Offline.NewKinds;

/// <summary>
/// Copies of this repository to which <c>tests/Fixtures/kinds</c> is added: a kind of component, of resource and of objective, a workload that uses them, and
/// an environment.
/// </summary>
internal static class KindTree
{
    public const string Component = "listener";

    public const string Resource = "journals";

    public const string Objective = "punctuality";

    public const string Workload = "harbour";

    public const string Environment = "quay";

    /// <summary>What is added, by what it is a kind of.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } =
        new Dictionary<string, string> { ["component"] = Component, ["resource"] = Resource, ["objective"] = Objective };

    /// <summary>The files that are added, relative to the repository, in order.</summary>
    public static IReadOnlyList<string> Added(Workbench workbench) =>
        [
            .. Directory.EnumerateFiles(FixtureOf(workbench), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(FixtureOf(workbench), file))
                .Order(StringComparer.Ordinal)
        ];

    /// <summary>A tree with nothing but the files of kinds, the fixture's among them.</summary>
    public static Harness.Repository Create(Workbench workbench)
    {
        var tree = new Harness.Repository(workbench.Scratch.CreateSubdirectory($"kinds-{Guid.NewGuid():N}").FullName);
        var present = KindRenderer.All.SelectMany(renderer => KindRenderer.KindsOf(workbench.Checkout, renderer.Of).Select(renderer.FileOf))
            .Where(file => File.Exists(workbench.Checkout.PathTo(file)));
        Copy(workbench.Checkout.Root, tree, present);
        Copy(FixtureOf(workbench), tree, Added(workbench));

        return tree;
    }

    /// <summary>
    /// A git repository with this one's files as they are now, tracked or not ignored, all committed. Tools and what was built of the provider are shared.
    /// </summary>
    /// <param name="takes">Which files, by their places; null: all.</param>
    public static async Task<Harness.Repository> CopyAsync(Workbench workbench, CancellationToken stop, Func<string, bool>? takes = null)
    {
        var tree = new Harness.Repository(workbench.Scratch.CreateSubdirectory($"copy-{Guid.NewGuid():N}").FullName);
        Copy(workbench.Checkout.Root, tree, (await workbench.Checkout.FilesAsync(stop)).Where(file => takes?.Invoke(file) is not false));
        await GitAsync(tree, stop, "init", "--quiet", "--initial-branch", "main");
        await GitAsync(tree, stop, "add", "--all");
        await GitAsync(tree, stop, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "as it is");

        Directory.CreateDirectory(tree.Cache);
        File.CreateSymbolicLink(Path.Combine(tree.Cache, "tools"), Path.Combine(workbench.Checkout.Cache, "tools"));

        // Copies: what is evicted from them stays in this repository's.
        string[] caches = takes?.Invoke("src/Provider/Provider.csproj") is false ? [] : ["provider", "schemas"];

        foreach (var cache in caches.Where(cache => Directory.Exists(Path.Combine(workbench.Checkout.Cache, cache))))
        {
            await CommandLine.Of("cp", "--archive", Path.Combine(workbench.Checkout.Cache, cache), tree.Cache).RunAsync(stop);
        }

        return tree;
    }

    /// <summary>Adds the fixture.</summary>
    /// <exception cref="IOException">One of its files is there already.</exception>
    public static void AddTo(Harness.Repository tree, Workbench workbench) => Copy(FixtureOf(workbench), tree, Added(workbench));

    public static async Task<string> GitAsync(Harness.Repository tree, CancellationToken stop, params string[] arguments) =>
        (await CommandLine.Of("git", arguments).In(tree.Root).RunAsync(stop)).Output;

    private static string FixtureOf(Workbench workbench) => Path.Combine(workbench.Fixtures, "kinds");

    private static void Copy(string from, Harness.Repository to, IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to.PathTo(file))!);
            File.Copy(Path.Combine(from, file), to.PathTo(file));
        }
    }
}
