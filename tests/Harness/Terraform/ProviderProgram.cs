using System.Runtime.InteropServices;

namespace Causeway.Harness.Terraform;

/// <summary>The hermetic provider (<c>tests/Provider</c>), published so that it starts quickly.</summary>
public sealed class ProviderProgram(Repository repository)
{
    // https://learn.microsoft.com/dotnet/core/rid-catalog
    private static readonly string Runtime = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The executable's path, after publishing it if its sources changed. Safe to repeat, to interrupt and to run side by side.</summary>
    /// <exception cref="CommandFailedException">It does not compile.</exception>
    public async Task<string> EnsureAsync(CancellationToken stop, Action<string>? onLine = null)
    {
        var folder = Path.Combine(repository.Cache, "provider", Content());
        var program = Path.Combine(folder, "Provider");

        if (File.Exists(program))
        {
            Generations.Use(folder);

            return program;
        }

        using var one = await FileLock.TakeAsync(Path.Combine(repository.Cache, "provider.lock"), "publishing the provider", Patience, stop);

        if (!File.Exists(program))
        {
            await PublishAsync(folder, onLine, stop);
        }

        return program;
    }

    private async Task PublishAsync(string folder, Action<string>? onLine, CancellationToken stop)
    {
        var unfinished = folder + ".unfinished";

        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // Compiled ahead, since Terraform starts it anew for every command. In folders of its own, so that it disturbs no build beside it, nor the lock file.
        var build = Path.Combine(repository.Cache, "provider-build");
        await CommandLine.Of(
                "dotnet", "publish", "tests/Provider/Provider.csproj", "--configuration", "Release", "--verbosity", "quiet", "--nologo", "--output", unfinished,
                "--runtime", Runtime, "--no-self-contained", "--artifacts-path", build, "-p:PublishReadyToRun=true", $"-p:NuGetLockFilePath={Path.Combine(build, "packages.lock.json")}")
            .In(repository.Root)
            .With("MSBUILDDISABLENODEREUSE", "1")
            .With("UseSharedCompilation", "false")
            .RunAsync(stop, onLine);
        Directory.Move(unfinished, folder);
        Generations.Use(folder);
        Generations.ForgetOthers(folder);
    }

    // By content, not by time: a checkout of another branch gives old files new times, and back.
    private string Content()
    {
        var project = repository.PathTo("tests", "Provider");

        if (!Directory.Exists(project))
        {
            throw new DirectoryNotFoundException($"{project} is missing: without it there is no provider to plan with.");
        }

        string[] sources =
        [
            .. Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(project, file).Split('/').Any(part => part is "bin" or "obj" or "Schemas") && !file.EndsWith(".md", StringComparison.Ordinal)),
            repository.PathTo("Directory.Build.props"),
            repository.PathTo("Directory.Packages.props"),
            repository.PathTo("global.json"),
        ];

        return Fingerprint.Of(Fingerprint.OfFiles(repository.Root, sources));
    }
}
