using System.Text.Json.Nodes;
using Causeway.Harness.Clusters;

namespace Causeway.Offline.Clusters;

/// <summary>An archive names its image as pods ask for it.</summary>
public sealed class ImageArchiveTests
{
    private const string Digest = "sha256:8d9745605ce20008f568d04253e6def410eec577a2086de7b11e1e49495cfa49";

    private static JsonObject Index(int images) => new()
    {
        ["schemaVersion"] = 2,
        ["manifests"] = new JsonArray([.. Enumerable.Range(0, images).Select(_ => (JsonNode)new JsonObject
        {
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["digest"] = Digest,
            ["size"] = 781,
            ["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = "image" },
        })]),
    };

    [Fact]
    public void It_has_a_name_with_the_digest_and_one_with_a_tag()
    {
        var (index, digest) = ImageArchive.Named(Index(1), "localhost/causeway/shop-store");

        Assert.Equal(Digest, digest);
        Assert.Equal(
            ["localhost/causeway/shop-store:8d9745605ce20008", $"localhost/causeway/shop-store@{Digest}"],
            index["manifests"]!.AsArray().Select(one => (string?)one!["annotations"]!["io.containerd.image.name"]));
        Assert.All(index["manifests"]!.AsArray(), one => Assert.Equal((Digest, 781), ((string?)one!["digest"], (int)one["size"]!)));
        Assert.Equal(2, (int)index["schemaVersion"]!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void One_that_does_not_hold_one_image_is_refused(int images) =>
        Assert.Throws<InvalidDataException>(() => ImageArchive.Named(Index(images), "localhost/causeway/shop-store"));
}
