using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Offline.Local.Ecs;

/// <summary>What plans on ECS are made of, in a tree without git that a test may change.</summary>
internal static class EcsTree
{
    private static readonly string[] Folders = ["terraform", "schemas", "src/Provider", "src/ProviderSchemas"];

    /// <summary>A digest for every image that the environment <c>local</c> builds, by image name.</summary>
    public static IReadOnlyDictionary<string, string> Images(Harness.Repository repository) =>
        (from workload in repository.Releases(Renderer.Environment)
         from component in Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!["components"]!.AsObject()
         select $"{workload}-{component.Key}").ToDictionary(image => image, image => $"sha256:{Fingerprint.Of(image).PadRight(64, '0')}");

    public static Harness.Repository Create(Workbench workbench)
    {
        var (from, root) = (workbench.Checkout, workbench.Scratch.CreateSubdirectory($"ecs-{Guid.NewGuid():N}").FullName);
        var to = new Harness.Repository(root);
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(from.PathTo(folder), "*", SearchOption.AllDirectories))
            .Concat(from.Workloads().Select(workload => from.PathTo("services", workload, "workload.yaml")))
            .Concat(Directory.EnumerateFiles(from.Root, "Directory.*"))
            .Concat([from.PathTo("global.json"), from.PathTo("build", "tools.yaml")]);

        foreach (var file in files)
        {
            var target = Path.Combine(root, Path.GetRelativePath(from.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // The provider is the same: it need not be compiled again.
        Directory.CreateDirectory(to.Cache);
        Directory.CreateDirectory(Path.Combine(from.Cache, "provider"));
        Directory.CreateSymbolicLink(Path.Combine(to.Cache, "provider"), Path.Combine(from.Cache, "provider"));

        return to;
    }
}
