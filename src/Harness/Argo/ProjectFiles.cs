using System.Text;

namespace Causeway.Harness.Argo;

/// <summary>
/// Argo CD's projects, which say who may deploy what and where. Generated: what an add-on or a workload needs is written in its own folder, and a reviewer
/// sees here, name by name, what becomes possible with it.
/// </summary>
public static class ProjectFiles
{
    private const string Cluster = "https://kubernetes.default.svc";

    // What every application with CreateNamespace makes.
    private const string Namespace = "/Namespace";

    private static readonly string[] NotForWorkloads =
        ["/LimitRange", "/ResourceQuota", "/Secret", "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/RoleBinding"];

    /// <summary>The files of <c>argocd/projects</c>; none where a tree has no <c>argocd</c>.</summary>
    /// <exception cref="InvalidDataException">An add-on does not fit its schema.</exception>
    public static IEnumerable<GeneratedFile> Of(Repository repository)
    {
        if (!Directory.Exists(repository.PathTo("argocd")))
        {
            return [];
        }

        var addons = Addon.All(repository);
        string[] own = [.. Repositories(repository)];

        return
        [
            new(repository.PathTo("argocd", "projects", "platform.yaml"), Text(
                "platform",
                "argocd/platform/*/addon.yaml and the repositories of terraform/envs",
                "Add-ons of the clusters: argocd/platform",
                [.. own, .. addons.Select(addon => addon.Repository)],
                addons.Select(addon => addon.Namespace),
                [Namespace, .. addons.SelectMany(addon => addon.ClusterKinds)],
                [])),
            new(repository.PathTo("argocd", "projects", "workloads.yaml"), Text(
                "workloads",
                "the folders of services and the repositories of terraform/envs",
                "Workloads, each in the namespace of its name. Secrets come from External Secrets, access from pod identity",
                own,
                repository.Workloads(),
                [Namespace],
                NotForWorkloads)),
        ];
    }

    private static IEnumerable<string> Repositories(Repository repository) =>
        Directory.GetFiles(repository.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories)
            .Select(file => (string?)Yaml.LoadFile(file)["env"]?["gitops"]?["repository"])
            .OfType<string>();

    private static string Text(
        string name,
        string sources,
        string description,
        IEnumerable<string> repositories,
        IEnumerable<string> namespaces,
        IEnumerable<string> clusterKinds,
        IEnumerable<string> refusedKinds)
    {
        var text = new StringBuilder($"""
            # Generated from {sources} by `./causeway generate`; change it there.
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata:
              name: {name}
              namespace: argocd
              annotations:
                argocd.argoproj.io/sync-wave: "-1" # before the applications that are in it
            spec:
              description: "{description}"

            """);
        List(text, "sourceRepos", repositories);
        List(text, "destinations", namespaces.Select(one => $"{{ server: \"{Cluster}\", namespace: {one} }}"));
        List(text, "clusterResourceWhitelist", clusterKinds.Select(Kind));
        List(text, "namespaceResourceBlacklist", refusedKinds.Select(Kind));

        return text.ToString();
    }

    private static void List(StringBuilder text, string field, IEnumerable<string> entries)
    {
        string[] lines = [.. entries.Distinct().Order(StringComparer.Ordinal)];

        if (lines is not [])
        {
            text.Append($"  {field}:\n").Append(string.Concat(lines.Select(line => $"    - {line}\n")));
        }
    }

    private static string Kind(string kind) => kind.Split('/') is [var group, var name] ? $"{{ group: \"{group}\", kind: {name} }}" : kind;
}
