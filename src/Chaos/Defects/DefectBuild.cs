using System.Runtime.InteropServices;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Chaos.Defects;

/// <summary>
/// Builds components with a defect: from a copy of the sources, into images of a name that no environment uses. What was compiled before stays, so that
/// the next build compiles what differs.
/// </summary>
public sealed class DefectBuild(Repository repository, Podman podman)
{
    private const string Base = $"{Images.Registry}/defect-base";
    private static readonly string[] BuildFiles = ["global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    private string? below;

    private string Copy => Path.Combine(repository.Cache, "defects");

    /// <summary>Builds the image of a component with a defect.</summary>
    /// <returns>Its reference.</returns>
    /// <exception cref="PlatformException">What is replaced does not occur exactly once.</exception>
    /// <exception cref="CommandFailedException">It does not compile.</exception>
    public async Task<string> ImageAsync(Defect defect, CancellationToken stop)
    {
        var project = ComponentProject.Find(repository, defect.Workload, defect.Component, kind: "service")
            ?? throw new PlatformException(
                $"Defect {defect.Name} of {defect.Workload}: there is no project of the component {defect.Component}.",
                "Name a component whose sources are in the workload's folder.");
        var output = await CompileAsync(project, [defect], stop);
        var reference = $"{Images.Registry}/defect-{project.Image}:{defect.Name}";
        // A program has settings of the runtime, a library has none.
        const string Settings = ".runtimeconfig.json";
        var program = $"{Path.GetFileName(Directory.EnumerateFiles(output, $"*{Settings}").Single())[..^Settings.Length]}.dll";
        await BuildAsync(reference, output, $"FROM {await BaseAsync(stop)}\nCOPY . /app\nENTRYPOINT [\"/dotnet/dotnet\", \"/app/{program}\"]\n", stop);

        return reference;
    }

    /// <summary>Removes the images with defects, and the one below them.</summary>
    public async Task RemoveAsync(IEnumerable<string> references, CancellationToken stop)
    {
        foreach (var reference in references.Concat(below is null ? [] : [below]))
        {
            await podman.Command("rmi", reference).TryRunAsync(stop);
        }
    }

    /// <summary>Compiles a project with defects, which have to be in different files.</summary>
    /// <returns>The folder of the program.</returns>
    public async Task<string> CompileAsync(ComponentProject project, IReadOnlyList<Defect> defects, CancellationToken stop)
    {
        Synchronize(defects.ToDictionary(defect => defect.File));
        var file = Path.Combine(Copy, Path.GetRelativePath(repository.Root, project.File));
        var output = Path.Combine(Copy, "programs", project.Image);
        // It needs the runtime of the image below, is not trimmed and not compiled ahead: that takes minutes, and no defect differs by it.
        await CommandLine
            .Of(
                "dotnet", "build", file, "--configuration", "Release", "--output", output, "--verbosity", "quiet", "-nologo", "-p:UseAppHost=false",
                "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:PublishTrimmed=false", "-p:IsTrimmable=false", "-p:PublishReadyToRun=false",
                "-p:RestoreLockedMode=false")
            .In(Copy)
            .RunAsync(stop);

        return output;
    }

    /// <summary>Makes the copy of the sources what they are now, with the defects. A file that is the same already keeps its time.</summary>
    private void Synchronize(Dictionary<string, Defect> defects)
    {
        var sources = Directory.EnumerateFiles(repository.PathTo("services"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(repository.Root, file))
            .Concat(BuildFiles)
            .ToHashSet();

        foreach (var source in sources)
        {
            var text = File.ReadAllText(repository.PathTo(source));
            text = defects.TryGetValue(source, out var defect) ? defect.Applied(text) : text;
            var copy = Path.Combine(Copy, source);

            if (!File.Exists(copy) || File.ReadAllText(copy) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.WriteAllText(copy, text);
            }
        }

        foreach (var gone in Directory.EnumerateFiles(Path.Combine(Copy, "services"), "*", SearchOption.AllDirectories)
            .Where(file => !sources.Contains(Path.GetRelativePath(Copy, file))))
        {
            File.Delete(gone);
        }
    }

    // The runtime that the harness itself runs on, over the base of every service.
    private async Task<string> BaseAsync(CancellationToken stop)
    {
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var distroless = (await podman.RunAsync(stop, "images", "--format", "{{.Repository}}:{{.Tag}}", "--filter", $"reference={Images.Registry}/distroless"))
            .Split('\n')[0];
        var reference = $"{Base}:{Fingerprint.Of(distroless, Environment.Version.ToString())}";

        if ((await podman.Command("image", "exists", reference).TryRunAsync(stop)).ExitCode != 0)
        {
            await BuildAsync(
                reference,
                runtime,
                $"FROM {distroless}\nCOPY dotnet /dotnet/dotnet\nCOPY host /dotnet/host\nCOPY shared /dotnet/shared\nUSER 10001:10001\n",
                stop);
        }

        below = reference;

        return reference;
    }

    private async Task BuildAsync(string reference, string context, string containerfile, CancellationToken stop)
    {
        var file = Path.Combine(Copy, "Containerfile");
        await File.WriteAllTextAsync(file, containerfile, stop);
        await podman.Buildah("build", "--quiet", "--network", "host", "--file", file, "--tag", reference, context).RunAsync(stop);
    }
}
