using Causeway.Harness.Local;

namespace Causeway.Harness.Releases;

/// <summary>An image that this repository builds: a component of a workload with sources of its own.</summary>
public sealed record BuiltImage(string Workload, string Component, ComponentProject Project)
{
    // What a revision carries: the images' sources, and what Terraform and Argo CD take at the pinned commit.
    private static readonly string[] Carried =
    [
        "services", "images", "schemas", "helm/charts", "terraform/modules", "terraform/stacks", "global.json", "Directory.Build.props",
        "Directory.Build.targets", "Directory.Packages.props",
    ];

    /// <summary>As registries name it.</summary>
    public string Name => Project.Image;

    /// <summary>The images of all workloads that an environment has a release of.</summary>
    public static IReadOnlyList<BuiltImage> Of(Repository repository, string environment) =>
    [
        .. from workload in repository.Releases(environment)
           where repository.Workloads().Contains(workload)
           from component in Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!["components"]!.AsObject()
           let project = ComponentProject.Find(repository, workload, component.Key, (string)component.Value!["kind"]!)
           where project is not null
           select new BuiltImage(workload, component.Key, project),
    ];

    /// <summary>
    /// Those of them whose release is pinned to a commit since which something changed that a revision carries, or to one that is not in this clone.
    /// </summary>
    public static async Task<IReadOnlyList<BuiltImage>> BehindAsync(Repository repository, string environment, CancellationToken stop)
    {
        var behind = new HashSet<string>();

        foreach (var workload in repository.Releases(environment))
        {
            var pinned = new ReleaseFiles(repository).Read(environment, workload).Pins?.Revision;
            var same = pinned is not null && (await CommandLine.Of("git", ["diff", "--quiet", "--end-of-options", pinned, "HEAD", "--", .. Carried])
                .In(repository.Root).TryRunAsync(stop)).ExitCode is 0;

            if (!same)
            {
                behind.Add(workload);
            }
        }

        return [.. Of(repository, environment).Where(image => behind.Contains(image.Workload))];
    }
}
