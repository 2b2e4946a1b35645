using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo;

/// <summary>
/// A <c>templatePatch</c>: Kubernetes' strategic merge, in which objects are merged, lists replaced, and finalizers, the one list of an application that
/// merges, united.
/// </summary>
internal static class Patch
{
    /// <exception cref="InvalidDataException">It is not one object of YAML, it changes the project, or it has a directive.</exception>
    public static void Apply(JsonObject application, string patch, Place spec)
    {
        var document = Yaml.Load(patch, $"{spec.Where}.templatePatch") switch
        {
            [] => [],
            [JsonObject only] => only,
            _ => throw spec.Invalid("templatePatch has to be one object of YAML."),
        };

        if (document["spec"]?["project"] is not null)
        {
            throw spec.Invalid("templatePatch sets spec.project, which Argo CD takes from the template alone: set it there.");
        }

        Merge(application, document, spec);
        Unite(application, document["metadata"]?["finalizers"] as JsonArray);
    }

    private static void Merge(JsonObject into, JsonObject patch, Place spec)
    {
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith('$'))
            {
                throw spec.Invalid($"templatePatch has the directive {name}, which is not supported by the offline expansion.");
            }

            if (value is null)
            {
                into.Remove(name);
            }
            else if (into[name] is JsonObject inner && value is JsonObject added)
            {
                Merge(inner, added, spec);
            }
            else if (name is not "finalizers")
            {
                into[name] = value.DeepClone();
            }
        }
    }

    private static void Unite(JsonObject application, JsonArray? added)
    {
        if (added is null or [])
        {
            return;
        }

        var all = (application["metadata"]!["finalizers"] as JsonArray ?? []).Concat(added).Select(finalizer => (string)finalizer!).Distinct();
        application["metadata"]!["finalizers"] = new JsonArray([.. all.Select(finalizer => (JsonNode)finalizer)]);
    }
}
