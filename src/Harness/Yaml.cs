using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace Causeway.Harness;

/// <summary>YAML as JSON nodes, scalars resolved by the YAML 1.2 core schema, so that one kind of tree serves YAML and JSON alike.</summary>
public static class Yaml
{
    /// <summary>Every non-empty document of <paramref name="text"/>, in order.</summary>
    /// <exception cref="InvalidDataException">The text is not YAML, or has what JSON has not; the message has line and column.</exception>
    public static IReadOnlyList<JsonNode> Load(string text, string name = "YAML")
    {
        var parser = new Parser(new StringReader(text));

        try
        {
            var stream = new YamlStream();
            stream.Load(parser);

            return [.. stream.Documents.Select(document => ToJson(document.RootNode)).OfType<JsonNode>()];
        }
        catch (YamlException error)
        {
            throw Invalid(name, error.Start, error.InnerException?.Message ?? error.Message, error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or NullReferenceException)
        {
            // The parser fails in its own bookkeeping where a bracket or a quote is never closed: what it read last is near the place.
            throw Invalid(name, parser.Current?.End ?? Mark.Empty, "this is not YAML from here on: check that every bracket and quote is closed", error);
        }
    }

    /// <summary>The one document of a file.</summary>
    /// <exception cref="InvalidDataException">The file is not YAML, or holds no document or several.</exception>
    public static JsonObject LoadFile(string path) => Load(File.ReadAllText(path), path) switch
    {
        [JsonObject only] => only,
        var documents => throw new InvalidDataException($"{path}: expected one YAML document that is a map, found {documents.Count}."),
    };

    /// <summary>Documents as YAML, in order.</summary>
    public static string Write(IEnumerable<JsonNode> documents)
    {
        var serializer = new SerializerBuilder()
            .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
            .WithEventEmitter(next => new WrittenTexts(next))
            .Build();

        return string.Concat(documents.Select(document => $"---\n{serializer.Serialize(Plain(document))}"));
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => map.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var on) => on,
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value => value.GetValue<double>(),
        _ => null,
    };

    // What the serializer quotes lacks texts such as 1e3, which are read as numbers. Texts of several lines stay lines.
    private sealed class WrittenTexts(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                eventInfo = new ScalarEventInfo(eventInfo.Source) { Style = ScalarStyle.DoubleQuoted };
            }
            else if (eventInfo.Source.Value is string lines && lines.Contains('\n', StringComparison.Ordinal))
            {
                // A literal has neither carriage returns nor nothing but line breaks.
                var isLiteral = !lines.Contains('\r', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(lines);
                eventInfo = new ScalarEventInfo(eventInfo.Source) { Style = isLiteral ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted };
            }

            base.Emit(eventInfo, emitter);
        }
    }

    private static InvalidDataException Invalid(string name, Mark at, string problem, Exception cause) =>
        new($"{name}, line {at.Line}, column {at.Column}: {problem}", cause);

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(Name(pair.Key), ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode scalar => ToJson(scalar),
        _ => throw new YamlException(node.Start, node.End, "this kind of node is not read here"),
    };

    private static string Name(YamlNode key) =>
        key is YamlScalarNode { Value: { } name } ? name : throw new YamlException(key.Start, key.End, "the name of a field has to be a text");

    private static JsonNode? ToJson(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";

        if (scalar.Style is not ScalarStyle.Plain)
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) =>
                Number(integer.ToString(CultureInfo.InvariantCulture)),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                Number(number.ToString("R", CultureInfo.InvariantCulture)),
            _ => text,
        };
    }

    // A number that was parsed converts to every numeric type it fits; one that was made from a `long` only to `long`.
    private static JsonNode? Number(string text) => JsonNode.Parse(text);
}
