using System.Text.Json;

namespace Causeway.Harness.Terraform.Hcl;

internal sealed record HclBlock(string Type, IReadOnlyList<string> Labels, HclBody Body, int Line)
{
    /// <summary>The line of its closing brace; that of its beginning for JSON.</summary>
    public int EndLine { get; init; } = Line;
}

/// <summary>What a configuration file or a block holds, as far as one can tell without evaluating: blocks, and the tokens of each attribute's value.</summary>
internal sealed record HclBody(IReadOnlyList<HclBlock> Blocks, IReadOnlyDictionary<string, IReadOnlyList<HclToken>> Attributes)
{
    /// <summary>How many labels a block of Terraform's language has; in JSON each is a level of objects.</summary>
    private static readonly Dictionary<string, int> Labels = new()
    {
        ["resource"] = 2,
        ["data"] = 2,
        ["ephemeral"] = 2,
        ["module"] = 1,
        ["provider"] = 1,
        ["check"] = 1,
        ["backend"] = 1,
        ["variable"] = 1,
        ["output"] = 1,
        ["cloud"] = 0,
        ["terraform"] = 0,
        ["required_providers"] = 0,
        ["moved"] = 0,
        ["import"] = 0,
        ["removed"] = 0,
    };

    /// <summary>The line that each attribute's name stands on; empty for JSON.</summary>
    public IReadOnlyDictionary<string, int> Lines { get; init; } = new Dictionary<string, int>();

    public IEnumerable<HclBlock> Of(string type) => Blocks.Where(block => block.Type == type);

    /// <summary>The attribute's value where it is one plain string.</summary>
    public string? Literal(string attribute) =>
        Attributes.GetValueOrDefault(attribute) is [{ Kind: HclKind.Text, Value: var text }] && !text.Contains("${", StringComparison.Ordinal) ? text : null;

    /// <summary>Reads a <c>.tf</c> file.</summary>
    public static HclBody OfText(string text)
    {
        var tokens = HclToken.Of(text);
        var at = 0;

        return Body(tokens, ref at);
    }

    /// <summary>Reads a <c>.tf.json</c> file: https://developer.hashicorp.com/terraform/language/syntax/json</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    public static HclBody OfJson(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        return Body(document.RootElement);
    }

    private static HclBody Body(IReadOnlyList<HclToken> tokens, ref int at)
    {
        var blocks = new List<HclBlock>();
        var attributes = new Dictionary<string, IReadOnlyList<HclToken>>();
        var lines = new Dictionary<string, int>();

        while (at < tokens.Count && !tokens[at].Is('}'))
        {
            var name = tokens[at++];

            if (name.Kind is not (HclKind.Word or HclKind.Text))
            {
                continue;
            }

            var labels = new List<string>();

            while (at < tokens.Count && tokens[at].Kind is HclKind.Word or HclKind.Text)
            {
                labels.Add(tokens[at++].Value);
            }

            if (at < tokens.Count && tokens[at].Is('='))
            {
                at++;
                attributes[name.Value] = Value(tokens, ref at);
                lines[name.Value] = name.Line;
            }
            else if (at < tokens.Count && tokens[at].Is('{'))
            {
                at++;
                var content = Body(tokens, ref at);
                blocks.Add(new HclBlock(name.Value, labels, content, name.Line) { EndLine = tokens[Math.Min(at, tokens.Count - 1)].Line });
                at++;
            }
        }

        return new HclBody(blocks, attributes) { Lines = lines };
    }

    private static List<HclToken> Value(IReadOnlyList<HclToken> tokens, ref int at)
    {
        var value = new List<HclToken>();

        for (var depth = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            depth += token.Is('(') || token.Is('[') || token.Is('{') ? 1 : token.Is(')') || token.Is(']') || token.Is('}') ? -1 : 0;

            if (depth < 0 || (depth is 0 && token.Kind is HclKind.Line))
            {
                break;
            }

            if (token.Kind is not HclKind.Line)
            {
                value.Add(token);
            }
        }

        return value;
    }

    private static HclBody Body(JsonElement json)
    {
        var blocks = new List<HclBlock>();
        var attributes = new Dictionary<string, IReadOnlyList<HclToken>>();

        foreach (var property in json.ValueKind is JsonValueKind.Object ? json.EnumerateObject() : default)
        {
            if (Labels.TryGetValue(property.Name, out var labels) && property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                blocks.AddRange(JsonBlocks(property.Name, [], labels, property.Value));
            }
            else
            {
                attributes[property.Name] = JsonTokens(property.Value);
            }
        }

        return new HclBody(blocks, attributes);
    }

    private static IEnumerable<HclBlock> JsonBlocks(string type, IReadOnlyList<string> labels, int missing, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => JsonBlocks(type, labels, missing, item)).ToList(),
        JsonValueKind.Object when missing > 0 =>
            json.EnumerateObject().SelectMany(label => JsonBlocks(type, [.. labels, label.Name], missing - 1, label.Value)).ToList(),
        JsonValueKind.Object => [new HclBlock(type, labels, Body(json), 1)],
        _ => [],
    };

    private static IReadOnlyList<HclToken> JsonTokens(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [new HclToken(HclKind.Text, json.GetString()!, 1)],
        JsonValueKind.Object => [
            .. json.EnumerateObject()
                .SelectMany(property => (HclToken[])[new(HclKind.Word, property.Name, 1), new(HclKind.Mark, "=", 1), .. JsonTokens(property.Value)])
        ],
        _ => [],
    };
}
