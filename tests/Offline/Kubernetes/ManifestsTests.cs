using Causeway.Harness;
using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Offline.Kubernetes;

/// <summary>What is rendered has the form of KubernetesClient's models, field by field.</summary>
public sealed class ManifestsTests(Workbench workbench)
{
    [Fact, Trait("gate", "repository")]
    public async Task Every_rendered_object_is_read_strictly()
    {
        var gate = new Gate("renderings read strictly", ValueSet.Names);
        var objects = 0;

        foreach (var set in ValueSet.Names)
        {
            try
            {
                objects += Manifests.Read(await workbench.RenderedAsync(set)).Count;
                gate.Pass(set);
            }
            catch (InvalidDataException fault)
            {
                gate.Fail(set, fault.Message);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"objects read strictly: {objects} checked, 0 skipped");
        gate.Close();
    }

    [Fact]
    public void Every_fault_is_refused_and_named()
    {
        var files = Directory.GetFiles(Path.Combine(workbench.Fixtures, "invalid", "manifests"), "*.yaml");
        var gate = new Gate("faulty manifests", files.Select(file => Path.GetFileNameWithoutExtension(file)));

        foreach (var file in files)
        {
            var fixture = Yaml.LoadFile(file);
            var refusal = Record.Exception(() => Manifests.Read(fixture["object"]!.ToJsonString()));
            var expected = (string)fixture["says"]!;
            gate.Record(
                Path.GetFileNameWithoutExtension(file),
                refusal is InvalidDataException && refusal.Message.Contains(expected, StringComparison.Ordinal)
                    ? null
                    : $"expected “{expected}”, got {refusal?.ToString() ?? "no refusal"}");
        }

        gate.Close();
    }

    [Fact]
    public void Documents_are_read_in_order()
    {
        var read = Manifests.Read("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: b }\n");

        Assert.Equal(["a", "b"], read.Select(item => item.Metadata.Name));
        Assert.IsType<V1ConfigMap>(read[0]);
    }
}
