using System.Diagnostics;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Tools;

namespace Causeway.Integration.Local;

/// <summary>The verbs of <c>./causeway</c>, run as a user runs them, on an instance of their own.</summary>
public sealed class CommandVerbs(RunningPlatform running) : IAsyncLifetime
{
    private PlatformOptions Options => PlatformOptions.ForTests(running.Repository, 'v');

    private string Name => Options.Instance.Name;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandLine Causeway(params string[] arguments) =>
        CommandLine.Of(running.Repository.PathTo("causeway"), [.. arguments, "--instance", Name]).In(running.Repository.Root);

    public async ValueTask InitializeAsync() => await Causeway("down").RunAsync(Stop);

    public async ValueTask DisposeAsync() => await Causeway("down").RunAsync(CancellationToken.None);

    /// <summary>Everything on this machine that carries the instance's name: containers, networks, volumes, processes.</summary>
    private async Task<IReadOnlyList<string>> LeftAsync()
    {
        var instance = new Instance(Name);
        var podman = new Podman(running.Repository, instance);
        var listed = new List<string>();

        string[][] lists = [
            ["ps", "--all", "--external", "--format", "{{.Names}}"],
            ["pod", "ps", "--format", "{{.Name}}"],
            ["volume", "ls", "--format", "{{.Name}}"],
            ["network", "ls", "--format", "{{.Name}}"],
        ];

        foreach (var list in lists)
        {
            listed.AddRange((await podman.RunAsync(Stop, list)).Split('\n').Where(line => line.StartsWith(instance.Network, StringComparison.Ordinal)));
        }

        foreach (var process in Process.GetProcesses())
        {
            try
            {
                var environment = (await File.ReadAllTextAsync($"/proc/{process.Id}/environ", Stop)).Split('\0');

                if (process.ProcessName is not "aardvark-dns" && environment.Contains($"{CommandLine.InstanceVariable}={Name}"))
                {
                    listed.Add($"process {process.Id} {process.ProcessName}");
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return listed;
    }

    [Fact]
    public async Task Up_twice_starts_everything_once_another_runtime_replaces_the_workloads_and_down_twice_leaves_nothing()
    {
        var first = await Causeway("up", "--verbose").RunAsync(Stop);
        var pods = await new LocalPlatform(running.Repository, Options, new Silent()).PodsAsync(Stop);
        var second = await Causeway("up").RunAsync(Stop);
        var same = await new LocalPlatform(running.Repository, Options, new Silent()).PodsAsync(Stop);
        var status = await Causeway("status").RunAsync(Stop);

        Assert.Contains("Start the workloads", first.Output, StringComparison.Ordinal);
        Assert.All(Playable.Edits, edit => Assert.Contains($"{edit.What}: {edit.Why}", first.Output, StringComparison.Ordinal));
        Assert.Matches("NetworkPolicy [a-z-]+: not enforced", first.Output);
        Assert.Contains(
            $"  route         {new LocalPlatform(running.Repository, Options, new Silent()).Addresses.Edge}", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Start the", second.Output, StringComparison.Ordinal);
        Assert.Contains("Run a transaction through", second.Output, StringComparison.Ordinal);
        Assert.Equal(
            pods.SelectMany(pod => pod.Containers).Select(container => container.ProcessId),
            same.SelectMany(pod => pod.Containers).Select(container => container.ProcessId));
        Assert.Contains($"{pods.Count} of {pods.Count} ready", status.Output, StringComparison.Ordinal);
        Assert.NotEmpty(await LeftAsync());

        var onEcs = await Causeway("up", "--runtime", "ecs", "--verbose").RunAsync(Stop);
        var after = await new LocalPlatform(running.Repository, Options, new Silent()).PodsAsync(Stop);
        status = await Causeway("status").RunAsync(Stop);

        Assert.Matches("(?m)^  runtime +ecs$", onEcs.Output);
        Assert.Matches(@"aws_ecs_service\.this: played as a Deployment", onEcs.Output);
        Assert.Matches("Run a transaction through .*201", onEcs.Output);
        Assert.Matches("ready; runtime ecs;", status.Output);
        Assert.Equal(pods.Select(pod => pod.Name), after.Select(pod => pod.Name));
        Assert.Contains(pods.Zip(after), pair => pair.First.Hash != pair.Second.Hash);
        Assert.Contains(pods.Zip(after), pair => pair.First.Containers[0].ProcessId == pair.Second.Containers[0].ProcessId);

        var down = await Causeway("down").RunAsync(Stop);
        var again = await Causeway("down").RunAsync(Stop);

        Assert.Contains("removed", down.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was up", again.Output, StringComparison.Ordinal);
        Assert.Empty(await LeftAsync());
        Assert.Equal(1, (await Causeway("status").TryRunAsync(Stop)).ExitCode);
    }

    [Theory]
    [InlineData("Render the charts", 0)]
    [InlineData("Render the charts", 300)]
    [InlineData("Render the charts", 1500)]
    [InlineData("Create resources", 700)]
    public async Task Down_after_a_killed_up_leaves_nothing(string step, int millisecondsInto)
    {
        // The script becomes the command by `exec`, so killing its process gives the command no chance to clean up: it dies in the step that follows.
        var start = new ProcessStartInfo(running.Repository.PathTo("causeway"), ["up", "--instance", Name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var up = Process.Start(start)!;
        string? line;

        do
        {
            line = await up.StandardOutput.ReadLineAsync(Stop);
            Assert.NotNull(line);
        }
        while (!line.Contains(step, StringComparison.Ordinal));

        await Task.Delay(millisecondsInto, Stop); // the kill point
        Assert.False(up.HasExited);
        up.Kill();
        await up.WaitForExitAsync(Stop);
        Assert.NotEmpty(await LeftAsync());

        await Causeway("down").RunAsync(Stop);

        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_a_way_out()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        var up = await Causeway("up", "--port", $"{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}").TryRunAsync(Stop);

        Assert.Equal(1, up.ExitCode);
        Assert.Contains("--port", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_given_once_is_kept_until_down()
    {
        // Reads what `up` remembers without the half minute it takes: the files are what counts.
        var remembered = Path.Combine(running.Repository.Cache, "instances", Name, "ports.json");
        Assert.False(File.Exists(remembered));

        await File.WriteAllTextAsync(remembered, """{"edge-local":18123,"prometheus":18124}""", Stop);
        var kept = new LocalPlatform(running.Repository, Options, new Silent()).Addresses;
        await Causeway("down").RunAsync(Stop);

        Assert.Equal((18123, 18124), (kept.Edge.Port, kept.Prometheus.Port));
        Assert.False(File.Exists(remembered));
    }

    [Fact]
    public async Task A_runtime_given_once_is_kept_until_down()
    {
        var remembered = Path.Combine(running.Repository.Cache, "instances", Name, "runtime");
        LocalPlatform Platform(LocalRuntime? given = null) => new(running.Repository, Options with { Runtime = given }, new Silent());
        Assert.Equal(LocalRuntime.Kubernetes, Platform().Runtime);

        await File.WriteAllTextAsync(remembered, $"{LocalRuntime.Ecs}", Stop);
        Assert.Equal(LocalRuntime.Ecs, Platform().Runtime);
        Assert.Equal(LocalRuntime.Kubernetes, Platform(LocalRuntime.Kubernetes).Runtime);
        await Causeway("down").RunAsync(Stop);

        Assert.Equal(LocalRuntime.Kubernetes, Platform().Runtime);
    }

    [Fact]
    public async Task A_runtime_that_is_not_known_is_refused_with_those_that_are()
    {
        var up = await Causeway("up", "--runtime", "lambda").TryRunAsync(Stop);

        Assert.Equal(2, up.ExitCode);
        Assert.Contains("'kubernetes'", up.Error, StringComparison.Ordinal);
        Assert.Contains("'ecs'", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_lists_every_tool_with_what_is_wanted_and_found()
    {
        var doctor = await CommandLine.Of(running.Repository.PathTo("causeway"), "doctor").RunAsync(Stop);
        var tools = ToolManifest.Load(running.Repository);
        string[] present = [.. tools.Prerequisites.Select(tool => tool.Name), "podman", .. tools.Npm.Select(tool => tool.Name)];

        Assert.All(present, name => Assert.Matches($@"(?m)^{name}\s+(>= )?\d\S*\s+\d", doctor.Output));
        // What only some commands need is installed by the first of them.
        Assert.NotEmpty(tools.Debian);
        Assert.All(tools.Debian, tool => Assert.Matches($@"(?m)^{tool.Name}\s+>= \d\S*\s+(\d|none\s+apt-get install {tool.Name}$)", doctor.Output));
    }

    [Fact]
    public async Task A_wrong_instance_name_is_refused() =>
        Assert.Contains(
            "cannot name an instance",
            (await CommandLine.Of(running.Repository.PathTo("causeway"), "status", "--instance", "Not/this").TryRunAsync(Stop)).Error,
            StringComparison.Ordinal);
}
