using System.Formats.Tar;
using System.Text.Json.Nodes;
using Causeway.Harness.Local;

namespace Causeway.Harness.Clusters;

/// <summary>
/// An image as a file that containerd imports under the name that a pod asks for. Pods ask by digest, and tools that load images give them no name with
/// one; but containerd takes names from the archive's index (`io.containerd.image.name`), whatever they are. The second name, with a tag, is the one that
/// containerd's CRI looks an image up by where it has several.
/// </summary>
public static class ImageArchive
{
    private const string Name = "io.containerd.image.name";

    /// <summary>Writes an image that podman has as an OCI archive.</summary>
    /// <param name="local">How podman names it.</param>
    /// <param name="name">Registry, path and name that pods ask for, without a digest.</param>
    /// <param name="folder">Gets the archive; what was in it before is removed.</param>
    /// <returns>The archive, and the digest that the image has in it: its layers are packed there, and podman's are not.</returns>
    public static async Task<(string File, string Digest)> WriteAsync(Podman podman, string local, string name, string folder, CancellationToken stop)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var (layout, archive, index) = (Path.Combine(folder, "oci"), Path.Combine(folder, "image.tar"), Path.Combine(folder, "oci", "index.json"));
        Directory.CreateDirectory(folder);
        await podman.RunAsync(stop, "push", "--quiet", local, $"oci:{layout}:image");
        var (named, digest) = Named(JsonNode.Parse(await File.ReadAllTextAsync(index, stop))!.AsObject(), name);
        await File.WriteAllTextAsync(index, named.ToJsonString(), stop);
        await TarFile.CreateFromDirectoryAsync(layout, archive, includeBaseDirectory: false, stop);
        Directory.Delete(layout, recursive: true);

        return (archive, digest);
    }

    /// <summary>An index of one image, with the image's names.</summary>
    /// <exception cref="InvalidDataException">The index is not of one image.</exception>
    public static (JsonObject Index, string Digest) Named(JsonObject index, string name)
    {
        if (index["manifests"] is not JsonArray { Count: 1 } manifests || (string?)manifests[0]!["digest"] is not { } digest)
        {
            throw new InvalidDataException($"The archive of {name} has to hold one image.");
        }

        JsonNode Under(string reference)
        {
            var manifest = manifests[0]!.DeepClone();
            manifest["annotations"] = new JsonObject { [Name] = reference };

            return manifest;
        }

        var named = index.DeepClone().AsObject();
        named["manifests"] = new JsonArray(Under($"{name}:{Tag(digest)}"), Under($"{name}@{digest}"));

        return (named, digest);
    }

    /// <summary>The tag of an image that is known by its digest.</summary>
    public static string Tag(string digest) => digest["sha256:".Length..][..16];
}
