using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Releases;

/// <summary>
/// A release file as its owner wrote it. Pins are written into the text, at the places where the parser found the old ones: comments, order and layout of all
/// else stay as they are.
/// </summary>
/// <param name="file">What messages call it.</param>
public sealed class ReleaseText(string file, string text)
{
    private readonly string newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The file's document.</summary>
    public JsonObject Document { get; } = Parse(file, text);

    /// <summary>Its pins; null where it has none.</summary>
    public Pins? Pins { get; } = Pins.Of(Parse(file, text), file);

    /// <summary>The text with other pins.</summary>
    /// <exception cref="PlatformException">The layout is one that is not written here.</exception>
    public string With(Pins pins)
    {
        var changed = Apply(Edits(pins));
        var expected = Document.DeepClone();
        expected["release"]!["pins"] = new JsonObject
        {
            ["revision"] = pins.Revision,
            ["images"] = new JsonObject(pins.Images.Select(image => KeyValuePair.Create(image.Key, (JsonNode?)image.Value))),
        };

        // The text is read again: whatever a layout does that was not thought of here, nothing but the pins may differ.
        return JsonNode.DeepEquals(expected, TryParse(changed)) ? changed : throw Unwritable();
    }

    private List<Edit> Edits(Pins pins)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var release = (YamlMappingNode)((YamlMappingNode)stream.Documents[0].RootNode).Children["release"];

        if (!release.Children.TryGetValue("pins", out var old))
        {
            return [Added(release, pins)];
        }

        var images = old["images"] as YamlMappingNode ?? throw Unwritable();

        return [Replaced(old["revision"] as YamlScalarNode ?? throw Unwritable(), pins.Revision), .. Images(images, pins.Images)];
    }

    private IEnumerable<Edit> Images(YamlMappingNode old, IReadOnlyList<KeyValuePair<string, string>> images)
    {
        var wanted = images.ToDictionary();
        var present = old.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => (Key: pair.Key, Value: (YamlScalarNode)pair.Value));
        var kept = present.Where(pair => wanted.ContainsKey(pair.Key)).Select(pair => Replaced(pair.Value.Value, wanted[pair.Key]));

        if (present.Keys.ToHashSet().SetEquals(wanted.Keys))
        {
            return kept;
        }

        if (old.Style is MappingStyle.Flow || wanted.Count is 0)
        {
            return [new(At(old.Start), EndOfMap(old, present.Values.LastOrDefault().Value), Flow(images))];
        }

        var indent = new string(' ', (int)present.Values.First().Key.Start.Column - 1);

        // After the one that it follows in the new pins, so that taking it away and adding it again gives the same text.
        var added = images.Index().Where(image => !present.ContainsKey(image.Item.Key)).GroupBy(
            image => images.Take(image.Index).LastOrDefault(before => present.ContainsKey(before.Key)).Key,
            image => image.Item);

        return
        [
            .. kept,
            .. present.Where(pair => !wanted.ContainsKey(pair.Key)).Select(pair => RemovedLine(pair.Value.Key, pair.Value.Value)),
            .. added.Select(group => AddedLines(
                group.Key is null ? LineStart(At(present.Values.First().Key.Start)) : LineEnd(EndOf(present[group.Key].Value)),
                group.Select(image => $"{indent}{image.Key}: {Quoted(image.Value)}"))),
        ];
    }

    // Below the runtime, which every release has.
    private Edit Added(YamlMappingNode release, Pins pins)
    {
        var (key, runtime) = release.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: "runtime" });

        if (release.Style is MappingStyle.Flow || runtime is null)
        {
            throw Unwritable();
        }

        var indent = new string(' ', (int)key.Start.Column - 1);

        return AddedLines(LineEnd(EndOf(runtime)), [
            $"{indent}pins:",
            $"{indent}  revision: {Quoted(pins.Revision)}",
            .. pins.Images is []
                ? [$"{indent}  images: {{}}"]
                : pins.Images.Select(image => $"{indent}    {image.Key}: {Quoted(image.Value)}").Prepend($"{indent}  images:"),
        ]);
    }

    private static Edit Replaced(YamlScalarNode old, string value) => new(At(old.Start), EndOf(old), old.Style switch
    {
        ScalarStyle.SingleQuoted => $"'{value}'",
        ScalarStyle.Plain when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => value,
        _ => Quoted(value),
    });

    private Edit AddedLines(int at, IEnumerable<string> lines) => at == text.Length && !text.EndsWith('\n')
        ? new(at, at, string.Concat(lines.Select(line => newline + line)))
        : new(at, at, string.Concat(lines.Select(line => line + newline)));

    private Edit RemovedLine(YamlNode key, YamlNode value)
    {
        var (start, end) = (LineStart(At(key.Start)), LineEnd(EndOf(value)));

        return end == text.Length && !text.EndsWith('\n') && start > 0 ? new(start - newline.Length, end, "") : new(start, end, "");
    }

    private int LineStart(int at) => text.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1;

    private int LineEnd(int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    private string Apply(IEnumerable<Edit> edits) =>
        edits.OrderByDescending(edit => edit.Start).ThenByDescending(edit => edit.End)
            .Aggregate(text, (before, edit) => string.Concat(before.AsSpan(0, edit.Start), edit.Text, before.AsSpan(edit.End)));

    // The parser's own end of a flow mapping lies before its bracket.
    private int EndOfMap(YamlMappingNode map, YamlNode? last) => (map.Style, last) switch
    {
        (MappingStyle.Flow, _) => text.IndexOf('}', last is null ? At(map.Start) : EndOf(last)) + 1,
        (_, not null) => EndOf(last),
        _ => EndOf(map),
    };

    private static string Flow(IReadOnlyList<KeyValuePair<string, string>> images) =>
        images is [] ? "{}" : $"{{ {string.Join(", ", images.Select(image => $"{image.Key}: {Quoted(image.Value)}"))} }}";

    private static string Quoted(string value) => $"\"{value}\"";

    private static int At(Mark mark) => (int)mark.Index;

    private static int EndOf(YamlNode node) => (int)node.End.Index;

    private static JsonNode? TryParse(string changed)
    {
        try
        {
            return Yaml.Load(changed).SingleOrDefault();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static JsonObject Parse(string file, string text) => Yaml.Load(text, file) switch
    {
        [JsonObject only] when only["release"] is JsonObject => only,
        _ => throw new InvalidDataException($"{file}: expected one YAML document with the field release."),
    };

    private PlatformException Unwritable() =>
        new(
            $"{file}: pins cannot be written into this layout.",
            "Write release and release.pins as block mappings, one field a line, as the other releases are.");

    private sealed record Edit(int Start, int End, string Text);
}
