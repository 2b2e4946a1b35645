using System.Text.Json.Nodes;

namespace Causeway.Harness.Releases;

/// <summary>The version that a release runs: one commit with the images built from it, <c>release.pins</c>.</summary>
/// <param name="Revision">Commit of contract, chart and modules.</param>
/// <param name="Images">Digest of each component's image, in the order of the file.</param>
public sealed record Pins(string Revision, IReadOnlyList<KeyValuePair<string, string>> Images)
{
    /// <summary>The pins of a release's document; null where it has none.</summary>
    /// <exception cref="PlatformException">There are pins, and a part of them is missing.</exception>
    public static Pins? Of(JsonObject document, string file)
    {
        if (document["release"]?["pins"] is not { } pins)
        {
            return null;
        }

        return pins["revision"] is JsonValue revision && pins["images"] is JsonObject images && images.All(image => image.Value is JsonValue)
            ? new Pins($"{revision}", [.. images.Select(image => KeyValuePair.Create(image.Key, $"{image.Value}"))])
            : throw new PlatformException(
                $"{file}: release.pins is not complete.", "Write both of them there: revision, and images with the digest of each component's image.");
    }

    /// <summary>Whether both say the same, in whatever order.</summary>
    public bool Matches(Pins? other) =>
        other is not null && Revision == other.Revision && Images.Count == other.Images.Count && Images.All(image => other.Images.Contains(image));
}
