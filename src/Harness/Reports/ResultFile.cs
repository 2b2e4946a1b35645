using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Causeway.Harness.Reports;

/// <summary>The file that a run leaves its result in.</summary>
public static class ResultFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes a result beside its place first, so that a reader never sees a part of it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string file, JsonObject result)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = $"{file}.{Environment.ProcessId}.new";
        File.WriteAllText(unfinished, result.ToJsonString(Indented));
        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>The files that match, in order; none where the folder is missing.</summary>
    internal static IReadOnlyList<string> In(string folder, string pattern) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>When a file was written: for results that do not say when they were made.</summary>
    internal static DateTimeOffset Written(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);

    /// <summary>Reads JSON as a result.</summary>
    /// <param name="name">What ran, where the file does not say it.</param>
    internal static RunResult Read(string file, string name, Func<JsonNode, RunResult> read) =>
        ReadText(file, name, text => read(JsonNode.Parse(text) ?? throw new InvalidDataException("it is empty")));

    /// <inheritdoc cref="Read"/>
    internal static RunResult ReadText(string file, string name, Func<string, RunResult> read)
    {
        try
        {
            return read(File.ReadAllText(file));
        }
        catch (Exception error) when (error is JsonException or XmlException or InvalidDataException or InvalidOperationException or FormatException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return new RunResult(name, RunVerdict.Unreadable, Written(file), null, new(1, 0, 0, 1))
            {
                Problems = [new(file, $"The result cannot be read: {error.Message}")],
            };
        }
    }

    /// <exception cref="InvalidDataException">The field is missing.</exception>
    internal static string Text(this JsonNode node, string field) => (string?)Required(node, field) ?? throw Missing(field);

    /// <inheritdoc cref="Text"/>
    internal static int Whole(this JsonNode node, string field) => (int)Required(node, field);

    /// <inheritdoc cref="Text"/>
    internal static bool Flag(this JsonNode node, string field) => (bool)Required(node, field);

    /// <inheritdoc cref="Text"/>
    internal static DateTimeOffset Moment(this JsonNode node, string field) =>
        DateTimeOffset.Parse(node.Text(field), System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Text"/>
    internal static IReadOnlyList<JsonNode> Items(this JsonNode node, string field) => [.. Required(node, field).AsArray().OfType<JsonNode>()];

    /// <inheritdoc cref="Text"/>
    internal static IReadOnlyList<string> Texts(this JsonNode node, string field) => [.. node.Items(field).Select(item => item.GetValue<string>())];

    /// <summary>A verdict as runs write it.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    internal static RunVerdict Verdict(this JsonNode node) => node.Text("verdict") switch
    {
        "passed" => RunVerdict.Passed,
        "failed" => RunVerdict.Failed,
        "invalid" => RunVerdict.Invalid,
        var other => throw new InvalidDataException($"“{other}” is not a verdict: it is passed, failed or invalid."),
    };

    /// <summary>A number for a table.</summary>
    internal static string Shown(JsonNode? number) =>
        number is null ? "–" : ((double)number).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode Required(JsonNode node, string field) => node[field] ?? throw Missing(field);

    private static InvalidDataException Missing(string field) => new($"The field “{field}” is missing.");
}
