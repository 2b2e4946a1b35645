using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using YamlDotNet.Core;

namespace Causeway.Harness.Kubernetes;

/// <summary>
/// Manifests as KubernetesClient's models, read as strictly as the API server reads them: an unknown field is an error, and so is a value of a type that does
/// not fit. (A key that is there twice is refused before, by <see cref="Yaml"/>. What is missing, and numbers in quotes: <see cref="KubernetesSchemas"/>.)
/// </summary>
public static class Manifests
{
    // As many as a reader may want to correct at once.
    private const int MostFaults = 50;

    // By apiVersion and kind, as a manifest writes them. KubernetesYaml.LoadAllFromString finds the model by itself, and reads everything twice to do so.
    private static readonly Dictionary<(string?, string), Lazy<Func<string, bool, object>>> Readers = typeof(V1Pod).Assembly.GetExportedTypes()
        .Select(type => (Type: type, Entity: type.GetCustomAttribute<KubernetesEntityAttribute>()))
        .Where(model => model.Entity is not null && model.Type.IsAssignableTo(typeof(IKubernetesObject<V1ObjectMeta>)))
        .ToDictionary(
            model => ((string?)(model.Entity!.Group is "" ? model.Entity.ApiVersion : $"{model.Entity.Group}/{model.Entity.ApiVersion}"), model.Entity.Kind),
            model => new Lazy<Func<string, bool, object>>(() => typeof(KubernetesYaml)
                .GetMethod(nameof(KubernetesYaml.Deserialize), [typeof(string), typeof(bool)])!
                .MakeGenericMethod(model.Type)
                .CreateDelegate<Func<string, bool, object>>()));

    /// <summary>Whether KubernetesClient has a model of a kind.</summary>
    public static bool HasModel(string? apiVersion, string kind) => Readers.ContainsKey((apiVersion, kind));

    /// <summary>The model of <paramref name="item"/>, whose kind has one.</summary>
    /// <exception cref="InvalidDataException">The object does not have its kind's form; the message begins with the field, a JSON pointer.</exception>
    public static IKubernetesObject<V1ObjectMeta> Read(JsonObject item) =>
        TryRead(item, out var model) is { } fault ? throw new InvalidDataException($"{Pointer(fault.Path)}: {fault.Message}") : model!;

    /// <summary>Everything for which <see cref="Read"/> refuses an object: each field, a JSON pointer, with what is wrong.</summary>
    public static IEnumerable<(string Field, string Message)> Faults(JsonObject item)
    {
        // The reader stops at the first one, so that one is taken out before it reads again.
        var rest = item.DeepClone().AsObject();

        for (var count = 0; count < MostFaults && TryRead(rest, out _) is { } fault; count++)
        {
            yield return (Pointer(fault.Path), fault.Message);

            if (!TakeOut(rest, fault.Path))
            {
                break;
            }
        }
    }

    private static (IReadOnlyList<string> Path, string Message)? TryRead(JsonObject item, out IKubernetesObject<V1ObjectMeta>? model)
    {
        var text = item.ToJsonString();
        var read = Readers[((string?)item["apiVersion"], (string?)item["kind"] ?? "")].Value;

        try
        {
            model = (IKubernetesObject<V1ObjectMeta>)read(text, true);

            return null;
        }
        catch (YamlException error)
        {
            model = null;

            return (PathAt(text, error.Start.Index), Said(error));
        }
    }

    // “Property 'replica' not found on type 'k8s.Models.V1DeploymentSpec'.”
    private static string Said(YamlException error) => error.Message.Split('\'') is [_, _, " not found on type ", var type, _]
        ? $"is not a field of {type.Split('.')[^1]}"
        : $"cannot be read: {error.InnerException?.Message ?? error.Message}";

    // The text is ASCII, since everything else is escaped in it: what the reader counts as characters are bytes.
    private static string[] PathAt(string text, long index)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));

        // The field or item in each of the objects and lists that are open; items are counted.
        var steps = new List<(int? Item, string Name)>();

        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                steps[^1] = (null, reader.GetString()!);
            }
            else if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray) && steps is [.., ({ } before, _)])
            {
                steps[^1] = (before + 1, $"{before + 1}");
            }

            if (reader.TokenStartIndex >= index)
            {
                break;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    steps.Add((null, ""));
                    break;
                case JsonTokenType.StartArray:
                    steps.Add((-1, ""));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    steps.RemoveAt(steps.Count - 1);
                    break;
            }
        }

        return [.. steps.Select(step => step.Name)];
    }

    private static string Pointer(IEnumerable<string> path) =>
        string.Concat(path.Select(name => $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));

    private static bool TakeOut(JsonObject item, IReadOnlyList<string> path) =>
        path is not [] && path.SkipLast(1).Aggregate((JsonNode?)item, (node, name) => node is JsonArray list ? list[int.Parse(name, null)] : node?[name]) switch
        {
            JsonObject map => map.Remove(path[^1]),
            JsonArray list when int.Parse(path[^1], null) is var at && list[at] is not null => (list[at] = null) is null,
            _ => false,
        };
}
