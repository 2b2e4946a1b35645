using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs;

/// <summary>
/// The fields of one form, a block or an object of a plan. Each is played, or is without effect here for a reason. Any other that is set is an error, so
/// nothing is dropped in silence.
/// </summary>
/// <param name="file">The file that plays them, for the message of an error.</param>
/// <param name="played">Names of the fields that change what runs.</param>
internal sealed class Fields(string file, params string[] played)
{
    /// <summary>Why a field changes nothing here, by its name.</summary>
    public IReadOnlyDictionary<string, string> WithoutEffect { get; init; } = new Dictionary<string, string>();

    /// <summary>The one value that a field may have, by its name; what any other would do is not done here.</summary>
    public IReadOnlyDictionary<string, string> Only { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of fields that say who a resource is, not what it does.</summary>
    public IReadOnlyList<string> Identity { get; init; } = [];

    /// <summary>What has no effect here, a line each: the field and why.</summary>
    /// <param name="place">Where the object is, in words.</param>
    /// <exception cref="PlatformException">A field is set that is not among these, or has another value than it may have.</exception>
    public IReadOnlyList<string> Check(JsonNode form, string place)
    {
        // False is a value like any other where only one is played.
        var set = form.AsObject().Where(field => !IsEmpty(field.Value) || (Only.ContainsKey(field.Key) && field.Value is JsonValue)).ToArray();

        foreach (var (name, value) in set)
        {
            if (Only.TryGetValue(name, out var only) ? Text(value!) != only : !IsKnown(name))
            {
                throw new PlatformException(
                    $"{place}: {name} is {value!.ToJsonString()}, and what that does is not played here{(only is null ? "" : $": only {only} is")}.",
                    $"Leave it out, or teach the local runtime what it does: src/Harness/Local/Ecs/{file}.cs.");
            }
        }

        return [.. set.Where(field => WithoutEffect.ContainsKey(field.Key)).Select(field => $"{place}: {field.Key}: {WithoutEffect[field.Key]}")];
    }

    private static string Text(JsonNode value) => value.GetValueKind() is JsonValueKind.String ? (string)value! : value.ToJsonString();

    private bool IsKnown(string name) => played.Contains(name) || WithoutEffect.ContainsKey(name) || Identity.Contains(name);

    // As if it were not there: each of these is the default wherever it is allowed. Zero is not: it may switch something off.
    private static bool IsEmpty(JsonNode? value) => value switch
    {
        null or JsonObject { Count: 0 } or JsonArray { Count: 0 } => true,
        JsonValue scalar => scalar.GetValueKind() is JsonValueKind.False || (scalar.GetValueKind() is JsonValueKind.String && (string)scalar! is ""),
        _ => false,
    };
}
