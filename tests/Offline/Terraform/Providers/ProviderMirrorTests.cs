using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Providers;

/// <summary>Mirrors are named by what they hold, and those that are not used any more are removed.</summary>
public sealed class ProviderMirrorTests(Workbench workbench)
{
    private MirroredProvider Sample => MirroredProvider.Of(Path.Combine(workbench.Fixtures, "provider", "sample.json"));

    private ProviderMirror Mirror() => new(new Harness.Repository(workbench.Scratch.CreateSubdirectory($"mirror-{Guid.NewGuid():N}").FullName));

    [Fact]
    public void The_same_providers_have_the_same_mirror_and_others_another()
    {
        var mirror = Mirror();
        var first = mirror.Ensure([Sample], "/program");

        Assert.Equal(first, mirror.Ensure([Sample], "/program"));
        string[] mirrors = [
            first,
            mirror.Ensure([Sample], "/other"),
            mirror.Ensure([Sample with { Version = "9.9.9" }], "/program"),
            mirror.Ensure([Sample with { TraitsFile = Sample.SchemaFile }], "/program"),
        ];
        Assert.Equal(4, mirrors.Distinct().Count());
    }

    [Fact]
    public void A_mirror_that_was_not_used_for_a_day_goes_when_another_is_made()
    {
        var mirror = Mirror();
        var (unused, used) = (mirror.Ensure([Sample], "/unused"), mirror.Ensure([Sample], "/used"));
        Directory.SetLastWriteTimeUtc(unused, DateTime.UtcNow.AddDays(-2));
        Directory.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddDays(-2));
        mirror.Ensure([Sample], "/used");

        var made = mirror.Ensure([Sample], "/made");

        Assert.Equal(
            new[] { used, made }.Order(StringComparer.Ordinal), Directory.EnumerateDirectories(Path.GetDirectoryName(made)!).Order(StringComparer.Ordinal));
    }
}
