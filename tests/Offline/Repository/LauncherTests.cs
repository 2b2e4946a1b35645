using Causeway.Harness;

namespace Causeway.Offline.Repository;

/// <summary>The launcher, ./causeway, builds when a source of the command changed in whatever way, and only then.</summary>
public sealed class LauncherTests(Workbench workbench)
{
    // Stands where the SDK would: it counts builds and writes what the launcher looks for after one.
    private const string Sdk = """
        #!/bin/sh
        if [ "$1" = build ]; then
          echo build >>builds
          [ ! -f broken ] || { echo "error CS0000: broken"; exit 1; }
          if [ -f slow ]; then
            rm slow
            # A build lasts longer than a tick of the file system's clock; this one waits for the next tick.
            until [ -n "$(find src/Harness/Tool.cs -newercm artifacts/causeway.built.start)" ]; do echo "// edited meanwhile" >>src/Harness/Tool.cs; done
          fi
          mkdir -p artifacts/bin/Build/debug
          printf 'build/\nsrc/Harness/\n' >artifacts/bin/Build/debug/causeway.folders
          touch artifacts/bin/Build/debug/causeway.dll
        fi
        """;

    private static readonly string[] Sources =
        [
            "build/Program.cs", "build/Verbs/Up.cs", "src/Harness/Tool.cs", "src/Harness/packages.lock.json", "Directory.Packages.props", "global.json",
            "services/a/A.cs"
        ];

    [Theory]
    [InlineData("nothing", "true", false)]
    [InlineData("a source of a service", "echo x >>services/a/A.cs", false)]
    [InlineData("an edited source", "echo x >>src/Harness/Tool.cs", true)]
    [InlineData(
        "an edited source with its old date", "touch -r src/Harness/Tool.cs old && echo x >>src/Harness/Tool.cs && touch -r old src/Harness/Tool.cs", true)]
    [InlineData("a source put in place of another, as editors do", "echo x >new && mv new build/Program.cs", true)]
    [InlineData("a new source", "echo x >build/Verbs/Down.cs", true)]
    [InlineData("a deleted source", "rm build/Verbs/Up.cs", true)]
    [InlineData("a renamed source", "mv build/Verbs/Up.cs build/Verbs/Start.cs", true)]
    [InlineData("a lock file", "echo x >>src/Harness/packages.lock.json", true)]
    [InlineData("the versions of packages", "echo x >>Directory.Packages.props", true)]
    [InlineData("new properties for all projects below src", "echo x >src/Directory.Build.props", true)]
    [InlineData("the SDK's version", "echo x >>global.json", true)]
    [InlineData("a missing program", "rm artifacts/bin/Build/debug/causeway.dll", true)]
    public async Task A_change_of_what_the_command_is_built_from_builds_it(string change, string shell, bool builds)
    {
        var folder = await CheckoutAsync();
        Assert.Equal(1, await StartAsync(folder));
        Assert.Equal(1, await StartAsync(folder));

        await CommandLine.Of("sh", "-c", shell).In(folder).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(await StartAsync(folder) == (builds ? 2 : 1), $"{change}: builds where it should not, or the reverse.");
        Assert.Equal(builds ? 2 : 1, await StartAsync(folder));
    }

    [Fact]
    public async Task A_build_that_failed_is_tried_again()
    {
        var folder = await CheckoutAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "broken"), "", TestContext.Current.CancellationToken);

        var failed = await Assert.ThrowsAsync<CommandFailedException>(() => StartAsync(folder));
        Assert.Contains("error CS0000", failed.Result.Error, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder, "broken"));
        Assert.Equal(2, await StartAsync(folder));
        Assert.Equal(2, await StartAsync(folder));
    }

    [Fact]
    public async Task A_source_that_changed_during_the_build_is_built_by_the_next_command()
    {
        var folder = await CheckoutAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "slow"), "", TestContext.Current.CancellationToken);

        Assert.Equal(1, await StartAsync(folder));
        Assert.Equal(2, await StartAsync(folder));
        Assert.Equal(2, await StartAsync(folder));
    }

    [Fact]
    public async Task A_copy_with_its_artifacts_builds_from_its_own_sources()
    {
        var folder = await CheckoutAsync();
        await StartAsync(folder);
        var copy = folder + "-copy";
        await CommandLine.Of("cp", "-a", folder, copy).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, await StartAsync(copy));
        await File.AppendAllTextAsync(Path.Combine(copy, "build", "Program.cs"), "x", TestContext.Current.CancellationToken);
        Assert.Equal(3, await StartAsync(copy));
        Assert.Equal(1, await StartAsync(folder));
    }

    private async Task<string> CheckoutAsync()
    {
        var folder = workbench.Scratch.CreateSubdirectory($"launcher {Guid.NewGuid():N}").FullName;
        var sdk = Path.Combine(folder, "sdk", "dotnet");

        foreach (var file in Sources.Select(source => Path.Combine(folder, source)).Append(sdk))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, file == sdk ? Sdk : "x\n", TestContext.Current.CancellationToken);
        }

        File.SetUnixFileMode(sdk, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.Copy(workbench.Checkout.PathTo("causeway"), Path.Combine(folder, "causeway"));

        return folder;
    }

    /// <summary>Starts the command and returns how many builds there have been in <paramref name="folder"/>.</summary>
    private static async Task<int> StartAsync(string folder)
    {
        var path = $"{Path.Combine(folder, "sdk")}:{Environment.GetEnvironmentVariable("PATH")}";
        await CommandLine.Of("env", $"PATH={path}", "./causeway", "status").In(folder).RunAsync(TestContext.Current.CancellationToken);

        return (await File.ReadAllLinesAsync(Path.Combine(folder, "builds"), TestContext.Current.CancellationToken)).Length;
    }
}
