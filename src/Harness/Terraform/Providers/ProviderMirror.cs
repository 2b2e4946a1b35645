using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.Providers;

/// <summary>
/// A folder from which Terraform installs providers, all of them the hermetic one with another schema file. Layout:
/// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror. Named by its content, so that it is built once and never changed.
/// </summary>
public sealed class ProviderMirror(Repository repository)
{
    /// <summary>Terraform's name for this machine's system: <c>linux_amd64</c>.</summary>
    public static string Platform { get; } = "linux_" + RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        Architecture.X86 => "386",
        Architecture.Arm => "arm",
        var other => throw new PlatformNotSupportedException($"Terraform has no name for {other}."),
    };

    /// <summary>The mirror's folder for these providers.</summary>
    /// <param name="program">The provider's executable.</param>
    public string Ensure(IReadOnlyList<MirroredProvider> providers, string program)
    {
        MirroredProvider[] ordered = [
            .. providers.OrderBy(provider => provider.Source, StringComparer.Ordinal).ThenBy(provider => provider.Version, StringComparer.Ordinal)
        ];
        var folder = Path.Combine(repository.Cache, "terraform", "mirror", Content(ordered, program));

        if (Directory.Exists(folder))
        {
            CacheEviction.Use(folder);

            return folder;
        }

        var unfinished = $"{folder}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);

        foreach (var provider in ordered)
        {
            Write(provider, program, unfinished, folder);
        }

        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was quicker, with the same content.
            Directory.Delete(unfinished, recursive: true);
        }

        CacheEviction.ForgetOthers(folder);

        return folder;
    }

    // Schema and traits lie beside the packages: in them, Terraform would hash them, and they could be mistaken for the plugin.
    private static void Write(MirroredProvider provider, string program, string unfinished, string folder)
    {
        var beside = Directory.CreateDirectory(Path.Combine(unfinished, "schemas")).Name;
        string[] copies = [
            .. provider.Files.Select(
                (_, which) => Path.Combine(beside, $"{provider.Source.Replace('/', '-')}-{provider.Version}{(which == 0 ? "" : ".traits")}.json"))
        ];

        foreach (var (file, copy) in provider.Files.Zip(copies))
        {
            File.Copy(file, Path.Combine(unfinished, copy), overwrite: true);
        }

        var package = Directory.CreateDirectory(Path.Combine([unfinished, .. provider.Source.Split('/'), provider.Version, Platform])).FullName;
        var plugin = Path.Combine(package, $"terraform-provider-{provider.Name}_v{provider.Version}");
        File.WriteAllText(plugin, $"#!/bin/sh\nexec {Shell(program)} {string.Join(' ', copies.Select(copy => Shell(Path.Combine(folder, copy))))}\n");
        File.SetUnixFileMode(
            plugin,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private static string Content(IEnumerable<MirroredProvider> providers, string program) =>
        Fingerprint.Of([Platform, program, .. providers.SelectMany(Content)]);

    private static IEnumerable<string> Content(MirroredProvider provider) =>
    [
        $"{provider.Source} {provider.Version}",
        .. provider.Files.Select(file => Fingerprint.OfFiles(Path.GetDirectoryName(file)!, [file])),
    ];

    private static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
