using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>podman and buildah, set up so that they run as root on machines without systemd, cgroups v2 or CAP_SYS_RESOURCE.</summary>
public sealed class Podman
{
    private readonly string configuration;
    private readonly string folder;

    public Podman(Repository repository, Instance instance)
    {
        Instance = instance;
        folder = repository.Cache;
        configuration = Path.Combine(repository.Cache, "containers.conf");

        // runc, since crun refuses hybrid cgroups; ulimits, since raising them further needs CAP_SYS_RESOURCE; a file, since there is no journal.
        const string Settings = """
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=10000:10000"]
            log_driver = "k8s-file"

            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"

            """;

        Directory.CreateDirectory(repository.Cache);

        if (!File.Exists(configuration) || File.ReadAllText(configuration) != Settings)
        {
            File.WriteAllText(configuration, Settings);
        }
    }

    public Instance Instance { get; }

    /// <summary>A podman command line, ready to run.</summary>
    /// <remarks>Where the kernel ends a container for its memory, conmon writes an empty file <c>oom</c> into the folder that podman ran in.</remarks>
    public CommandLine Command(params ReadOnlySpan<string> arguments) => Prepared(CommandLine.Of("podman", arguments)).In(folder);

    /// <summary>A buildah command line, ready to run.</summary>
    public CommandLine Buildah(params ReadOnlySpan<string> arguments) =>
        Prepared(CommandLine.Of("buildah", arguments)).With("BUILDAH_ISOLATION", "chroot");

    /// <summary>Runs podman and returns what it printed, trimmed.</summary>
    public async Task<string> RunAsync(CancellationToken stop, params string[] arguments) => (await Command(arguments).RunAsync(stop)).Output.Trim();

    /// <summary>Runs podman and reads its output as JSON.</summary>
    public async Task<JsonArray> JsonAsync(CancellationToken stop, params string[] arguments) =>
        await RunAsync(stop, arguments) is { Length: > 0 } text && JsonNode.Parse(text) is JsonArray list ? list : [];

    /// <summary>Creates a network or volume of the instance where it is not there yet.</summary>
    /// <param name="kind"><c>network</c> or <c>volume</c>.</param>
    public async Task EnsureAsync(string kind, string name, CancellationToken stop)
    {
        if ((await Command(kind, "exists", name).TryRunAsync(stop)).ExitCode != 0)
        {
            await RunAsync(stop, kind, "create", "--label", $"{Instance.Label}={Instance.Name}", name);
        }
    }

    /// <summary>
    /// Removes pods with all their containers, side by side: podman 4.3 takes seconds to remove a pod's cgroup where cgroups are hybrid.
    /// </summary>
    /// <exception cref="CommandFailedException">One cannot be removed, however often it is asked.</exception>
    public Task RemovePodsAsync(IReadOnlyList<string> pods, CancellationToken stop) => Task.WhenAll(pods.Select(pod => RemovePodAsync(pod, stop)));

    // A container that podman is just starting again refuses at first: it is asked again.
    private async Task RemovePodAsync(string pod, CancellationToken stop)
    {
        var remove = Command("pod", "rm", "--force", "--ignore", "--time", "0", pod);

        for (var attempt = 1; attempt < 20; attempt++)
        {
            if ((await remove.TryRunAsync(stop)).ExitCode == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), stop);
        }

        await remove.RunAsync(stop);
    }

    private CommandLine Prepared(CommandLine command) =>
        command.With("CONTAINERS_CONF", configuration).With(CommandLine.InstanceVariable, Instance.Name);
}
