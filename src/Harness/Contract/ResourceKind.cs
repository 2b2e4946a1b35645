using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Causeway.Harness.Contract;

/// <summary>What a component may do with a resource.</summary>
/// <param name="Description">What the verb allows, beyond what it includes.</param>
public sealed record AccessVerb(string Description)
{
    /// <summary>The verbs that it allows as well.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];
}

/// <summary>A kind of resource: <c>schemas/resources/&lt;kind&gt;.json</c>, found by its place.</summary>
/// <param name="Description">What resources of this kind are.</param>
/// <param name="Access">Its verbs, by name.</param>
/// <param name="Resource">The schema of one resource, without its field <c>grants</c>.</param>
public sealed record ResourceKind(string Description, IReadOnlyDictionary<string, AccessVerb> Access, JsonObject Resource)
{
    /// <summary>The file's name.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>Definitions that only this kind refers to. Two kinds may use the same name.</summary>
    public JsonObject Definitions { get; init; } = [];

    /// <summary>What the names of its environment variables begin with. Example: <c>TABLES_</c>.</summary>
    [JsonIgnore]
    public string VariablePrefix => Name.Replace('-', '_').ToUpperInvariant() + '_';

    /// <summary>The verbs that a contract writes for a use or a grant: one, or a list. None where it writes nothing.</summary>
    public static IReadOnlyList<string> VerbsOf(JsonNode? access) => access switch
    {
        JsonArray list => [.. list.Select(verb => (string)verb!)],
        JsonValue verb => [(string)verb!],
        _ => [],
    };

    /// <summary>A verb and all that it includes.</summary>
    /// <exception cref="KeyNotFoundException">The kind has no such verb.</exception>
    public IEnumerable<string> WithIncluded(string verb) => [verb, .. Access[verb].Includes.SelectMany(WithIncluded)];

    /// <summary>Whether a grant of <paramref name="granted"/> allows <paramref name="used"/>: the same verb, or one that it includes.</summary>
    /// <exception cref="KeyNotFoundException">The kind has no verb <paramref name="granted"/>.</exception>
    public bool Allows(string granted, string used) => WithIncluded(granted).Contains(used);
}
