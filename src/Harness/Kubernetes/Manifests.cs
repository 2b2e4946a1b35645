using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;

namespace Causeway.Harness.Kubernetes;

/// <summary>
/// Manifests as KubernetesClient's models, read as strictly as the API server reads them: an unknown field is an error, and so is a value of a type that does
/// not fit. (A key that is there twice is refused before, by <see cref="Yaml"/>. What is missing: <see cref="KubernetesSchemas"/>.)
/// </summary>
public static class Manifests
{
    // As many as a reader may want to correct at once.
    private const int MostFaults = 50;

    private const string Unmapped = " could not be mapped to any .NET member contained in type '";

    private static readonly ConcurrentDictionary<(string?, string), Type?> Models = [];

    // What no name leads to, such as v1 Event, which is Corev1Event. To look at all models takes a while.
    private static readonly Lazy<Dictionary<(string?, string), Type>> All = new(() => typeof(V1Pod).Assembly.GetExportedTypes()
        .Select(type => (Type: type, Kind: KindOf(type)))
        .Where(model => model.Kind is not null)
        .ToDictionary(model => model.Kind!.Value, model => model.Type));

    private static readonly JsonSerializerOptions Strict = StrictOptions();

    /// <summary>Whether KubernetesClient has a model of a kind.</summary>
    public static bool HasModel(string? apiVersion, string kind) => ModelOf(apiVersion, kind) is not null;

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

    // Only Kubernetes' own groups have models, and most are named by version and kind.
    private static Type? ModelOf(string? apiVersion, string kind) => Models.GetOrAdd((apiVersion, kind), wanted =>
    {
        var group = apiVersion?.Split('/') is [var first, _] ? first : "";
        var version = apiVersion?.Split('/')[^1];

        if (version is null or "" || (group.Contains('.', StringComparison.Ordinal) && !group.EndsWith(".k8s.io", StringComparison.Ordinal)))
        {
            return null;
        }

        var named = typeof(V1Pod).Assembly.GetType($"{typeof(V1Pod).Namespace}.{char.ToUpperInvariant(version[0])}{version[1..]}{kind}");

        return named is not null && KindOf(named) == wanted ? named : All.Value.GetValueOrDefault(wanted);
    });

    // As a manifest writes it: apiVersion and kind.
    private static (string?, string)? KindOf(Type type) =>
        type.GetCustomAttribute<KubernetesEntityAttribute>() is { } entity && type.IsAssignableTo(typeof(IKubernetesObject<V1ObjectMeta>))
            ? (entity.Group is "" ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}", entity.Kind)
            : null;

    // KubernetesClient's reader of JSON, with all that it knows of its models; as it is by itself, it passes over unknown fields. Its reader of YAML finds the
    // same and takes several times as long: it looks at every field of every model before the first object. So does its list of generated models, which
    // reflection over those that are read replaces.
    private static JsonSerializerOptions StrictOptions()
    {
        JsonSerializerOptions? strict = null;
        KubernetesJson.AddJsonOptions(own => strict = new(own)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Converters = { new Quantities() },
        });

        return strict!;
    }

    private static (IReadOnlyList<string> Path, string Message)? TryRead(JsonObject item, out IKubernetesObject<V1ObjectMeta>? model)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(item);

        try
        {
            var type = ModelOf((string?)item["apiVersion"], (string?)item["kind"] ?? "")!;
            model = (IKubernetesObject<V1ObjectMeta>)JsonSerializer.Deserialize(text, type, Strict)!;

            return null;
        }
        catch (JsonException error)
        {
            model = null;

            return (PathAt(text, error.BytePositionInLine ?? 0), Said(error));
        }
    }

    // “The JSON property 'replica' could not be mapped to any .NET member contained in type 'k8s.Models.V1DeploymentSpec'.”
    private static string Said(JsonException error) => error.Message.Split(Unmapped) is [_, var type]
        ? $"is not a field of {type.Split('\'')[0].Split('.')[^1]}"
        : $"cannot be read: {error.InnerException?.Message ?? error.Message.Split(" Path: ")[0]}";

    // Where the reader stood: at the end of the name or value that it refused.
    private static string[] PathAt(byte[] text, long index)
    {
        var reader = new Utf8JsonReader(text);

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

            if (reader.BytesConsumed >= index)
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

    // KubernetesClient's own converter says in another way than the reader that a text is not a quantity, and so without the place.
    private sealed class Quantities : JsonConverter<ResourceQuantity>
    {
        public override ResourceQuantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => throw new JsonException("a quantity is a number or a text"),
            };

            try
            {
                return new ResourceQuantity(text);
            }
            catch (Exception error) when (error is ArgumentException or FormatException)
            {
                throw new JsonException(null, error);
            }
        }

        public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options) => writer.WriteStringValue($"{value}");
    }
}
