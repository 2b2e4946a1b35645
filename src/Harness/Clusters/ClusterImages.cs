using System.Text.Json.Nodes;
using Causeway.Harness.Local;
using k8s.Models;

namespace Causeway.Harness.Clusters;

/// <summary>
/// Brings the images that were built here to where a cluster's nodes find them: pushed to a registry, or loaded by the tool that made the cluster.
/// </summary>
/// <param name="state">Folder that remembers what was done.</param>
public sealed class ClusterImages(Podman podman, KubeconfigContext context, IReadOnlyList<V1Node> nodes, string? registry, string state)
{
    private const string Containerd = "containerd://";

    private string Known => Path.Combine(state, "digests.json");

    /// <summary>Refuses before anything is built.</summary>
    /// <exception cref="UsageException">There is neither a registry nor a tool that loads images by digest.</exception>
    public void ExpectPossible()
    {
        if (registry is not null)
        {
            return;
        }

        if (context.Tool is ClusterTool.None)
        {
            throw new UsageException(
                $"Context {context.Name} is neither kind's nor minikube's, so nothing here can load images into its nodes.",
                "Name a registry that the nodes can pull from, and that podman is logged in to: --registry registry.example.com/causeway.");
        }

        if (nodes.FirstOrDefault(node => !RuntimeOf(node).StartsWith(Containerd, StringComparison.Ordinal)) is { } other)
        {
            throw new UsageException(
                $"Node {other.Metadata.Name} runs {RuntimeOf(other)}; images are loaded by digest, which only containerd keeps.",
                "Make the cluster with containerd (`minikube start --container-runtime=containerd`), or push to a registry with --registry.");
        }
    }

    /// <param name="built">Digests that podman has, by name.</param>
    /// <param name="names">The images that are needed.</param>
    /// <returns>The digests that pods ask for, by name, and what was done, in words.</returns>
    /// <exception cref="CommandFailedException">The registry or the tool refused; the message has its last lines.</exception>
    public async Task<(IReadOnlyDictionary<string, string> Digests, string Done)> BringAsync(
        IReadOnlyDictionary<string, string> built, IReadOnlyList<string> names, Action<string> progress, CancellationToken stop)
    {
        Directory.CreateDirectory(state);
        var digests = new Dictionary<string, string>();
        var known = Remembered();
        var brought = 0;

        foreach (var name in names)
        {
            var key = $"{registry} {name}@{built[name]}";
            digests[name] = known.GetValueOrDefault(key) ?? "";

            if (registry is null && digests[name] is not "" && nodes.All(node => Has(node, $"{Images.Registry}/{name}@{digests[name]}")))
            {
                continue;
            }

            progress($"{(registry is null ? "loading" : "pushing")} {name}");
            digests[name] = registry is null ? await LoadAsync(name, built[name], stop) : await PushAsync(name, built[name], stop);
            known[key] = digests[name];
            brought++;
        }

        // Only what is needed now is worth remembering.
        var kept = names.Select(name => $"{registry} {name}@{built[name]}").ToDictionary(key => key, key => known[key]);
        await File.WriteAllTextAsync(Known, new JsonObject(kept.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))).ToJsonString(), stop);

        return (digests, registry is not null ? $"{brought} pushed to {registry}"
            : $"{brought} of {names.Count} loaded by `{ToolCommand("…")}`, the others were there");
    }

    /// <summary>The command that loads an archive into every node.</summary>
    public CommandLine ToolCommand(string archive) => context.Tool is ClusterTool.Minikube
        ? CommandLine.Of("minikube", "--profile", context.ToolName, "image", "load", archive)
        : CommandLine.Of("kind", "load", "image-archive", archive, "--name", context.ToolName);

    private async Task<string> LoadAsync(string name, string local, CancellationToken stop)
    {
        var folder = Path.Combine(state, "archive");
        var (archive, digest) = await ImageArchive.WriteAsync(
            podman, $"{Images.Registry}/{name}@{local}", $"{Images.Registry}/{name}", folder, stop);

        try
        {
            await ToolCommand(archive).RunAsync(stop);
        }
        catch (FileNotFoundException missing)
        {
            throw new PlatformException(
                $"{missing.FileName} is not on PATH, and context {context.Name} is one of its clusters.",
                $"Put {missing.FileName} on root's PATH (`sudo --preserve-env=PATH,HOME ./causeway up --cluster …`), or push to a registry with --registry.",
                inner: missing);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return digest;
    }

    // A registry on this machine is one of a test cluster, and has no certificate.
    private async Task<string> PushAsync(string name, string local, CancellationToken stop)
    {
        var file = Path.Combine(state, "digest");
        var host = registry!.Split('/')[0].Split(':')[0];
        string[] plain = host is "localhost" or "127.0.0.1" ? ["--tls-verify=false"] : [];
        await podman.RunAsync(
            stop,
            ["push", "--quiet", .. plain, "--digestfile", file, $"{Images.Registry}/{name}@{local}", $"docker://{registry}/{name}:{ImageArchive.Tag(local)}"]);

        return (await File.ReadAllTextAsync(file, stop)).Trim();
    }

    private Dictionary<string, string> Remembered() => File.Exists(Known)
        ? JsonNode.Parse(File.ReadAllText(Known))!.AsObject().ToDictionary(one => one.Key, one => (string)one.Value!)
        : [];

    private static bool Has(V1Node node, string reference) => (node.Status?.Images ?? []).Any(image => image.Names?.Contains(reference) is true);

    private static string RuntimeOf(V1Node node) => node.Status?.NodeInfo?.ContainerRuntimeVersion ?? "an unknown container runtime";
}
