using System.Text.Json.Nodes;

namespace Causeway.Harness.Contract;

/// <summary>
/// What the schemas are assembled from: the frames of the documents, what several of them refer to (<c>schemas/definitions.json</c>), and
/// the kinds. The frames refer to definitions that only the kinds give: <c>component</c>, <c>resources</c>, <c>uses</c>, <c>override</c>,
/// <c>backends</c>, <c>setting-name</c> and <c>objective</c>.
/// </summary>
/// <param name="Frames">The schema of each document without what it shares, by the document's name.</param>
/// <param name="Shared">The content of <c>schemas/definitions.json</c>.</param>
/// <param name="Kinds">The kinds of component, resource and objective.</param>
public sealed record SchemaSources(IReadOnlyDictionary<string, JsonObject> Frames, JsonObject Shared, Kinds Kinds)
{
    private const string NamePattern = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /// <summary>The documents of a release, in the order they are given to the workload chart.</summary>
    public static IReadOnlyList<string> Documents { get; } = ["workload", "environment", "release"];

    /// <summary>Those and the objectives, in the order they are given to the monitoring chart.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Documents, "slo"];

    /// <summary>Reads the sources of the tree at <paramref name="root"/>.</summary>
    public static SchemaSources Load(string root) =>
        new(All.ToDictionary(document => document, document => Read(root, document)), Read(root, "definitions"), Kinds.Load(root));

    /// <summary>The whole schema of a document, with every definition that it needs and no other.</summary>
    /// <exception cref="InvalidDataException">A reference leads nowhere, a definition is not used or has the name of another.</exception>
    public JsonObject Assemble(string document)
    {
        var schema = Frames[document].DeepClone().AsObject();
        var own = Take(schema);
        var pool = Pool(document, own);
        var used = Used(schema, pool, document);

        if (own.Select(definition => definition.Key).Except(used).FirstOrDefault() is { } unused)
        {
            throw new InvalidDataException($"schemas/{document}.json: nothing refers to the definition `{unused}`; remove it.");
        }

        schema["definitions"] = new JsonObject(used.Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, (JsonNode?)pool[name].DeepClone())));

        return schema;
    }

    private static JsonObject Read(string root, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(root, "schemas", $"{name}.json")))!.AsObject();

    private static JsonObject Take(JsonObject schema)
    {
        var definitions = schema["definitions"] as JsonObject ?? [];
        schema.Remove("definitions");

        return definitions;
    }

    /// <summary>Every definition a document can refer to.</summary>
    private Dictionary<string, JsonNode> Pool(string document, JsonObject own)
    {
        var pool = new Dictionary<string, JsonNode>();

        foreach (var (source, definitions) in ((string, IEnumerable<KeyValuePair<string, JsonNode?>>)[])
            [($"schemas/{document}.json", own), ("schemas/definitions.json", Shared["definitions"]!.AsObject()), ("the kinds", OfKinds())])
        {
            foreach (var (name, definition) in definitions)
            {
                if (!pool.TryAdd(name, definition!))
                {
                    throw new InvalidDataException($"{source}: there is another definition `{name}`; give this one another name.");
                }
            }
        }

        return pool;
    }

    private static HashSet<string> Used(JsonObject schema, Dictionary<string, JsonNode> pool, string document)
    {
        var (used, waiting) = (new HashSet<string>(), new Queue<JsonNode>([schema]));

        while (waiting.TryDequeue(out var next))
        {
            foreach (var reference in References(next))
            {
                var name = reference.Split('/')[^1];

                if (reference != $"#/definitions/{name}" || !pool.TryGetValue(name, out var definition))
                {
                    throw new InvalidDataException(
                        $"schemas/{document}.json: $ref {reference} leads nowhere; write the definition into this file or into schemas/definitions.json.");
                }

                if (used.Add(name))
                {
                    waiting.Enqueue(definition);
                }
            }
        }

        return used;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    /// <summary>The definitions that the kinds give.</summary>
    private Dictionary<string, JsonNode?> OfKinds()
    {
        var definitions = new Dictionary<string, JsonNode?>
        {
            ["component"] = Component(),
            ["resources"] = Resources(),
            ["uses"] = Uses(),
            ["override"] = Override(),
            ["backends"] = Backends(),
            ["setting-name"] = SettingName(),
            ["objective"] = Objective(),
        };

        foreach (var kind in Kinds.Components)
        {
            Add($"component-{kind.Name}", Fields(kind), kind.Definitions);
        }

        foreach (var kind in Kinds.Resources)
        {
            definitions.Add($"access-{kind.Name}", Access(kind));
            definitions.Add($"verb-{kind.Name}", Verb(kind));
            Add($"resource-{kind.Name}", Fields(kind), kind.Definitions);
        }

        foreach (var kind in Kinds.Objectives)
        {
            definitions.Add($"objective-{kind.Name}", Fields(kind));
        }

        return definitions;

        void Add(string name, JsonObject schema, JsonObject own)
        {
            foreach (var (definition, value) in own)
            {
                definitions.Add($"{name}-{definition}", Renamed(value!, name, own));
            }

            definitions.Add(name, Renamed(schema, name, own));
        }
    }

    /// <summary>A copy in which references to a kind's own definitions carry the kind's name.</summary>
    private static JsonNode Renamed(JsonNode node, string kind, JsonObject own) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(
            pair.Key,
            pair is { Key: "$ref", Value: JsonValue reference } && ((string)reference!).Split("#/definitions/") is ["", var name] && own.ContainsKey(name)
                ? Reference($"{kind}-{name}")["$ref"]!.DeepClone()
                : pair.Value is null ? null : Renamed(pair.Value, kind, own)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Renamed(item, kind, own))]),
        _ => node.DeepClone(),
    };

    private JsonObject Component() => OneOf(
        "component", "One process of the workload.", [.. Kinds.Components.Select(kind => (kind.Name, kind.Description))]);

    private JsonObject Objective() => OneOf(
        "objective", "A promise.", [.. Kinds.Objectives.Select(kind => (kind.Name, kind.Description))]);

    /// <summary>Something that has a kind, and the fields of this kind.</summary>
    private static JsonObject OneOf(string what, string description, (string Name, string Description)[] kinds) => new()
    {
        ["description"] = $"{description} Its kind says which fields it has.",
        ["type"] = "object",
        ["required"] = new JsonArray("kind"),
        ["properties"] = new JsonObject
        {
            ["kind"] = new JsonObject
            {
                ["description"] = string.Join(" ", kinds.Select(kind => $"{kind.Name}: {Lowered(kind.Description)}")),
                ["enum"] = Texts(kinds.Select(kind => kind.Name)),
            },
        },
        ["allOf"] = new JsonArray([.. kinds.Select(kind => new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("kind"),
                ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Name } },
            },
            ["then"] = Reference($"{what}-{kind.Name}"),
        })]),
    };

    private static JsonObject Fields(ComponentKind kind) => Fields(kind.Component, kind.Description, "component");

    private static JsonObject Fields(ObjectiveKind kind) => Fields(kind.Objective, kind.Description, "objective");

    // The frame of a kind says that it is an object and which kinds there are.
    private static JsonObject Fields(JsonObject source, string description, string what)
    {
        var schema = source.DeepClone().AsObject();
        schema.Remove("type");
        schema["description"] ??= description;
        schema["properties"]!.AsObject().Insert(0, "kind", new JsonObject { ["description"] = $"The {what}'s kind." });

        return schema;
    }

    private static JsonObject Fields(ResourceKind kind)
    {
        var schema = kind.Resource.DeepClone().AsObject();
        schema["description"] ??= kind.Description;
        schema["properties"]!.AsObject().Add("grants", new JsonObject
        {
            ["description"] = $"Other workloads that may use it, by name. Example: {{ telemetry: {kind.Access.Keys.First()} }}.",
            ["type"] = "object",
            ["propertyNames"] = Reference("name"),
            ["additionalProperties"] = Reference($"access-{kind.Name}"),
        });

        return schema;
    }

    // One verb, or a list of them: what a component does is named as closely as the kind's verbs allow.
    private static JsonObject Access(ResourceKind kind) => new()
    {
        ["description"] = $"A verb, or a list of verbs, for {kind.Name}.",
        ["if"] = new JsonObject { ["type"] = "array" },
        ["then"] = new JsonObject { ["minItems"] = 1, ["uniqueItems"] = true, ["items"] = Reference($"verb-{kind.Name}") },
        ["else"] = Reference($"verb-{kind.Name}"),
    };

    private static JsonObject Verb(ResourceKind kind) => new()
    {
        ["description"] = string.Join(" ", kind.Access.Select(verb =>
            $"{verb.Key}: {verb.Value.Description}{(verb.Value.Includes is [] ? "" : $", and all that {string.Join(" and ", verb.Value.Includes)} allows")}.")),
        ["enum"] = Texts(kind.Access.Keys),
    };

    private JsonObject Resources() => new()
    {
        ["description"] = "What the workload keeps outside its processes, by kind and name.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(Kinds.Resources.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)new JsonObject
        {
            ["description"] = kind.Description,
            ["type"] = "object",
            ["propertyNames"] = Reference("name"),
            ["additionalProperties"] = Reference($"resource-{kind.Name}"),
        }))),
    };

    // A slash is written \x2f: JsonSchema.Net 8.0.5 does not find a pattern that has one in it.
    private JsonObject Uses() => new()
    {
        ["description"] =
            "Resources it uses, each with what it does there: <kind>/<name>, or <workload>/<kind>/<name> for another workload's, whose owner grants it there. "
            + "Found at <KIND>_<NAME> (another's: <KIND>_<WORKLOAD>__<NAME>). Example: { "
            + string.Join(", ", Kinds.Resources.Select(kind => $"{kind.Name}/products: {kind.Access.Keys.Last()}")) + " }.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["patternProperties"] = new JsonObject(Kinds.Resources.Select(kind =>
            KeyValuePair.Create($@"^({NamePattern}\x2f)?{kind.Name}\x2f{NamePattern}$", (JsonNode?)Reference($"access-{kind.Name}")))),
    };

    // A release does not know a component's kind: a field has to fit one of the kinds that let it be overridden. The chart sees that the contract's component
    // has it.
    private JsonObject Override() => new()
    {
        ["description"] = "Replaces the contract's value of each key named here as a whole, nothing is merged: { scaling: { min: 4, max: 20, cpu: 60 } }.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["minProperties"] = 1,
        ["properties"] = new JsonObject(
            from kind in Kinds.Components
            from field in kind.Overrides
            group Renamed(kind.Component["properties"]![field]!, $"component-{kind.Name}", kind.Definitions) by field into schemas
            select KeyValuePair.Create(schemas.Key, (JsonNode?)new JsonObject
            {
                ["description"] = $"In place of the contract's {schemas.Key}.",
                ["anyOf"] = new JsonArray([.. schemas.DistinctBy(schema => schema.ToJsonString())]),
            })),
    };

    private JsonObject Backends() => new()
    {
        ["description"] = "What stands behind a kind of resource, by kind, where an environment has a choice: in one of kind local, a stand-in. Elsewhere " +
            "it is the cloud's own service.",
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["enum"] = Texts(Kinds.Resources.Select(kind => kind.Name)) },
        ["additionalProperties"] = Reference("backend"),
    };

    private JsonObject SettingName()
    {
        string[] platform = [.. Shared["reserved"]!.AsArray().Select(name => (string)name!)];

        if (Kinds.Resources.FirstOrDefault(kind => platform.Any(name => kind.VariablePrefix.StartsWith(name, StringComparison.Ordinal))) is { } taken)
        {
            throw new InvalidDataException($"schemas/resources/{taken.Name}.json: the platform sets {taken.VariablePrefix}… already " +
                "(schemas/definitions.json, reserved); give the kind another name.");
        }

        string[] names = [.. platform.Concat(Kinds.Resources.Select(kind => kind.VariablePrefix)).Order(StringComparer.Ordinal)];

        return new JsonObject
        {
            ["description"] = "Upper-case words joined by underscores; none that the platform sets " +
                $"({string.Join(", ", names.Select(name => name.EndsWith('_') ? name + "…" : name))}).",
            ["pattern"] = "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$",
            ["not"] = new JsonObject { ["pattern"] = $"^({string.Join('|', names.Select(name => name.EndsWith('_') ? name : name + "$"))})" },
        };
    }

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static string Lowered(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
