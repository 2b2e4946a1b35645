using Causeway.Harness;
using Causeway.Harness.Kubernetes;

namespace Causeway.Offline.Argo;

/// <summary>What lies in <c>argocd/</c> is what Argo CD knows: no missing, mistyped, empty or unknown field, no unknown kind.</summary>
[Trait("gate", "repository")]
public sealed class ArgoSchemaTests(Workbench workbench)
{
    // Everything that a cluster is given as it lies there. What add-ons are made of has schemas of its own.
    private static readonly string[] Folders = ["appsets", "bootstrap", "clusters", "projects"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_object_of_argocd_fits_its_kind()
    {
        string[] files = [.. Folders.SelectMany(folder => Directory.GetFiles(workbench.Checkout.PathTo("argocd", folder)))];
        var gate = new Gate("files of argocd", files.Select(Name));
        var count = 0;

        foreach (var file in files)
        {
            ManifestObject[] objects = [.. Yaml.Load(await File.ReadAllTextAsync(file, Stop), file).Select(item => new ManifestObject(item.AsObject()))];
            var faults = await workbench.Schemas.CheckAsync(objects, Stop);
            gate.Record(Name(file), faults is [] ? null : string.Join("; ", faults));
            count += objects.Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"objects of argocd: {count} checked, 0 skipped");
        gate.Close();
    }

    [Fact]
    public void Nothing_else_lies_in_argocd() =>
        Assert.Equal(
            [],
            Directory.GetFileSystemEntries(workbench.Checkout.PathTo("argocd"))
                .Select(entry => Path.GetFileName(entry))
                .Except([.. Folders, "platform", "removed.yaml"]));

    private string Name(string file) => Path.GetRelativePath(workbench.Checkout.Root, file);
}
