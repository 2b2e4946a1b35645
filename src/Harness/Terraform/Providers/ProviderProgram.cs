using System.Runtime.InteropServices;

namespace Causeway.Harness.Terraform.Providers;

/// <summary>The hermetic provider (<c>src/Provider</c>), compiled ahead, since Terraform starts it three times for every plan.</summary>
public sealed class ProviderProgram(Repository repository)
{
    // https://learn.microsoft.com/dotnet/core/rid-catalog
    private static readonly string Runtime = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    private const string Executable = "Provider";

    // Native code takes a minute; a busy machine took four.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The executable's path, after publishing it if its sources changed: native code where <see cref="EnsureNativeAsync"/> made it, else ReadyToRun, which
    /// is there four times as soon. Safe to repeat, to interrupt and to run side by side.
    /// </summary>
    /// <exception cref="CommandFailedException">It does not compile.</exception>
    public async Task<string> EnsureAsync(CancellationToken stop, Action<string>? onLine = null)
    {
        var content = Content();

        return Find(content, ProviderForm.Native) ?? await EnsureAsync(content, ProviderForm.ReadyToRun, onLine, stop);
    }

    /// <summary>
    /// The same in native code, which starts in less than half the time but takes a minute to make: worth it for those who run Terraform often,
    /// as the tests do.
    /// Without a C compiler, which links it, ReadyToRun.
    /// </summary>
    /// <exception cref="CommandFailedException">It does not compile.</exception>
    public async Task<string> EnsureNativeAsync(CancellationToken stop, Action<string>? onLine = null) =>
        await EnsureAsync(Content(), await LinkerAsync(stop) is null ? ProviderForm.ReadyToRun : ProviderForm.Native, onLine, stop);

    /// <summary>The C compiler that links native code: <c>clang</c>, else <c>gcc</c>. Null where neither is there with the C library's start files.</summary>
    public static async Task<string?> LinkerAsync(CancellationToken stop)
    {
        foreach (var compiler in new[] { "clang", "gcc" })
        {
            try
            {
                // It prints the bare name of a file that it does not find.
                if (Path.IsPathRooted((await CommandLine.Of(compiler, "-print-file-name=crt1.o").TryRunAsync(stop)).Output.Trim()))
                {
                    return compiler;
                }
            }
            catch (FileNotFoundException)
            {
                // Not installed.
            }
        }

        return null;
    }

    /// <summary>The same in one form.</summary>
    public Task<string> EnsureAsync(ProviderForm form, CancellationToken stop) => EnsureAsync(Content(), form, null, stop);

    private async Task<string> EnsureAsync(string content, ProviderForm form, Action<string>? onLine, CancellationToken stop)
    {
        if (Find(content, form) is { } program)
        {
            return program;
        }

        using var one = await FileLock.TakeAsync(Path.Combine(repository.Cache, "provider.lock"), "publishing the provider", Patience, stop);

        return Find(content, form) ?? await PublishAsync(FolderOf(content, form), form, onLine, stop);
    }

    private string FolderOf(string content, ProviderForm form) => Path.Combine(repository.Cache, "provider", $"{content}-{form.Name}");

    private string? Find(string content, ProviderForm form)
    {
        var folder = FolderOf(content, form);

        if (!File.Exists(Path.Combine(folder, Executable)))
        {
            return null;
        }

        CacheEviction.Use(folder);

        return Path.Combine(folder, Executable);
    }

    private async Task<string> PublishAsync(string folder, ProviderForm form, Action<string>? onLine, CancellationToken stop)
    {
        var unfinished = folder + ".unfinished";

        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // In folders of its own, so that it touches neither a build beside it nor the lock file.
        var build = Path.Combine(repository.Cache, "provider-build");
        await CommandLine.Of(
                "dotnet", [
                    "publish", "src/Provider/Provider.csproj", "--configuration", "Release", "--verbosity", "quiet", "--nologo", "--output", unfinished,
                    "--runtime", Runtime, "--artifacts-path", Path.Combine(build, form.Name),
                    $"-p:NuGetLockFilePath={Path.Combine(build, form.Name, "packages.lock.json")}",
                    // Analyzers take half of the time, and have their say in every other build.
                    "-p:RunAnalyzers=false", .. form.Arguments,
                ])
            .In(repository.Root)
            .With("MSBUILDDISABLENODEREUSE", "1")
            .With("UseSharedCompilation", "false")
            .RunAsync(stop, onLine);
        Directory.Move(unfinished, folder);
        CacheEviction.Use(folder);
        CacheEviction.ForgetOthers(folder);

        return Path.Combine(folder, Executable);
    }

    // By content, not by time: a checkout of another branch gives old files new times, and back.
    private string Content()
    {
        string[] projects = [repository.PathTo("src", "Provider"), repository.PathTo("src", "ProviderSchemas")];

        if (projects.FirstOrDefault(project => !Directory.Exists(project)) is { } missing)
        {
            throw new DirectoryNotFoundException($"{missing} is missing: without it the provider cannot be built.");
        }

        string[] sources =
        [
            .. projects.SelectMany(
                project => Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories).Where(file => IsSource(Path.GetRelativePath(project, file)))),
            repository.PathTo("Directory.Build.props"),
            repository.PathTo("Directory.Packages.props"),
            repository.PathTo("global.json"),
        ];

        return Fingerprint.Of(Fingerprint.OfFiles(repository.Root, sources));
    }

    // The generated schema files are not part of the program: it gets them when it starts.
    private static bool IsSource(string file) =>
        !file.Split('/').Any(part => part is "bin" or "obj")
            && Path.GetExtension(file) is not ".md"
            && (Path.GetDirectoryName(file), Path.GetExtension(file)) is not ("Schemas", ".json");
}
