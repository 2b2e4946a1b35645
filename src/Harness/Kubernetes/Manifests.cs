using k8s;
using k8s.Models;
using YamlDotNet.Core;

namespace Causeway.Harness.Kubernetes;

/// <summary>
/// Rendered manifests as KubernetesClient's models, read as strictly as the API server reads them: an unknown field or a wrong type is an error.
/// </summary>
public static class Manifests
{
    /// <summary>Every object of <paramref name="text"/>, which is YAML or JSON.</summary>
    /// <exception cref="InvalidDataException">An object does not have its kind's form, or is of a kind that has no model; the message has line and
    /// column.</exception>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Read(string text)
    {
        try
        {
            var objects = KubernetesYaml.LoadAllFromString(text, strict: true);

            return objects.FirstOrDefault(item => item is not IKubernetesObject<V1ObjectMeta>) is { } other
                ? throw new InvalidDataException($"{other.GetType().Name} is not an object of the Kubernetes API; give it a kind and an apiVersion.")
                : [.. objects.Cast<IKubernetesObject<V1ObjectMeta>>()];
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"line {error.Start.Line}, column {error.Start.Column}: {error.InnerException?.Message ?? error.Message}", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or ArgumentException or FormatException or NullReferenceException)
        {
            throw new InvalidDataException($"an object of these manifests is of a kind that has no model: {error.Message}", error);
        }
    }
}
