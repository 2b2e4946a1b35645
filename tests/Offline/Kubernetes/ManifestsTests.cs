using Causeway.Harness;
using Causeway.Harness.Kubernetes;
using k8s.Models;

namespace Causeway.Offline.Kubernetes;

/// <summary>An object has the form of KubernetesClient's model, field by field; where it has not, the place is a JSON pointer.</summary>
public sealed class ManifestsTests
{
    [Fact]
    public void An_object_is_read_as_the_model_of_its_kind()
    {
        var item = Yaml.Load("{ apiVersion: v1, kind: ConfigMap, metadata: { name: web } }").Single().AsObject();

        Assert.Equal("web", Assert.IsType<V1ConfigMap>(Manifests.Read(item)).Metadata.Name);
    }

    [Fact]
    public void Every_fault_of_an_object_is_found()
    {
        var item = Yaml.Load("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: { annotations: { a~b/c: { d: e } } }
            spec:
              replica: 2
              template:
                spec:
                  volumes: { name: a }
                  containers:
                    - { name: a, env: [{ name: é, value: x }, { name: y, valeu: z }] }
                    - { name: b, resources: { limits: { cpu: 1, memory: 1MB } } }
                    - b
            """).Single().AsObject();

        Assert.Equal(
            [
                "/metadata/annotations/a~0b~1c",
                "/spec/replica",
                "/spec/template/spec/volumes",
                "/spec/template/spec/containers/0/env/1/valeu",
                "/spec/template/spec/containers/1/resources/limits/memory",
                "/spec/template/spec/containers/2",
            ],
            Manifests.Faults(item).Select(fault => fault.Field));
        var refused = Assert.Throws<InvalidDataException>(() => Manifests.Read(item));
        Assert.StartsWith("/metadata/annotations/a~0b~1c: cannot be read: ", refused.Message, StringComparison.Ordinal);
    }
}
