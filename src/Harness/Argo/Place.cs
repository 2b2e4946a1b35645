using System.Text.Json.Nodes;

namespace Causeway.Harness.Argo;

/// <summary>A part of a document of Argo CD's with the place where it stands, so that every error names file, object and field.</summary>
/// <param name="Where"><c>argocd/appsets/platform.yaml: ApplicationSet platform: spec.generators[0]</c>.</param>
internal sealed record Place(string Where, JsonObject Json)
{
    public InvalidDataException Invalid(string problem) => new($"{Where}: {problem}");

    /// <summary>What is not known here is an error: it would change what Argo CD does, and not what is shown.</summary>
    public void ExpectOnly(params ReadOnlySpan<string> supported)
    {
        foreach (var (field, _) in Json)
        {
            if (!supported.Contains(field))
            {
                throw Invalid($"{field} is not supported by the offline expansion; it knows {string.Join(", ", supported!)}.");
            }
        }
    }

    /// <summary>A field's text; null where it is left out.</summary>
    public string? Text(string field) => Json[field] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => throw Invalid($"{field} has to be a text, and is {other.ToJsonString()}."),
    };

    /// <summary>A field's text that has to be there.</summary>
    public string Needed(string field) => Text(field) is { Length: > 0 } text ? text : throw Invalid($"{field} is missing.");

    /// <summary>Whether a switch is on; off where it is left out.</summary>
    public bool IsOn(string field) => Json[field] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var on) => on,
        var other => throw Invalid($"{field} has to be true or false, and is {other.ToJsonString()}."),
    };

    /// <summary>A field's object; null where it is left out.</summary>
    public Place? Part(string field) => Json[field] switch
    {
        null => null,
        JsonObject part => new(At(field), part),
        var other => throw Invalid($"{field} has to be an object, and is {other.ToJsonString()}."),
    };

    /// <summary>The objects of a field's list; empty where it is left out.</summary>
    public IReadOnlyList<Place> Parts(string field) =>
    [
        .. List(field).Select((item, index) => item is JsonObject part
            ? new Place($"{At(field)}[{index}]", part)
            : throw Invalid($"{field}[{index}] has to be an object, and is {item?.ToJsonString() ?? "empty"}.")),
    ];

    /// <summary>The texts of a field's list; empty where it is left out.</summary>
    public IReadOnlyList<string> Texts(string field) =>
    [
        .. List(field).Select((item, index) => item is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw Invalid($"{field}[{index}] has to be a text, and is {item?.ToJsonString() ?? "empty"}.")),
    ];

    private JsonArray List(string field) => Json[field] switch
    {
        null => [],
        JsonArray list => list,
        var other => throw Invalid($"{field} has to be a list, and is {other.ToJsonString()}."),
    };

    // After the object's name, the path begins.
    private string At(string field) => Where.EndsWith(' ') ? $"{Where}{field}" : $"{Where}.{field}";
}
