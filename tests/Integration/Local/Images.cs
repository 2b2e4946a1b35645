using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Integration.Local;

/// <summary>What runs is as locked down as the chart says.</summary>
public sealed class Images(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every released component with an image of its own.</summary>
    public static TheoryData<string> Services =>
    [
        .. from workload in Repository.Find().Releases(Renderer.Environment)
           from component in Yaml.LoadFile(Repository.Find().PathTo("services", workload, "workload.yaml"))["workload"]!["components"]!.AsObject()
           where ComponentProject.Find(Repository.Find(), workload, component.Key, (string)component.Value!["kind"]!) is not null
           select $"{workload}-{component.Key}",
    ];

    private Podman Podman => new(running.Repository, running.Platform.Instance);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_runs_without_root_capabilities_or_a_writable_file_system(string deployment)
    {
        foreach (var pod in await running.Platform.PodsOfAsync(deployment, Stop))
        {
            var status = await File.ReadAllLinesAsync($"/proc/{pod.Containers[0].ProcessId}/status", Stop);
            string Field(string name) => status.Single(line => line.StartsWith(name + ':', StringComparison.Ordinal)).Split('\t', 2)[1];

            Assert.Equal("10001\t10001\t10001\t10001", Field("Uid"));
            Assert.Equal("0000000000000000", Field("CapEff"));
            Assert.Equal("0000000000000000", Field("CapBnd"));
            Assert.Equal("1", Field("NoNewPrivs"));
            Assert.Equal("2", Field("Seccomp"));
            Assert.Equal("true", await Podman.RunAsync(Stop, "inspect", "--format", "{{.HostConfig.ReadonlyRootfs}}", pod.Containers[0].Name));
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_has_no_shell_and_no_other_program(string deployment)
    {
        var pod = (await running.Platform.PodsOfAsync(deployment, Stop))[0];
        var root = $"/proc/{pod.Containers[0].ProcessId}/root";
        string[] programs =
        [
            .. new[] { "/", "/usr/bin", "/usr/sbin", "/usr/local/bin" }
                .Where(folder => Directory.Exists(root + folder))
                .SelectMany(folder => Directory.EnumerateFiles(root + folder))
                .Where(file => File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherExecute))
                .Select(file => file[root.Length..]),
        ];

        Assert.Equal(["/service"], programs);
        Assert.NotEqual(0, (await Podman.Command("exec", pod.Containers[0].Name, "/bin/sh", "-c", "true").TryRunAsync(Stop)).ExitCode);
    }
}
