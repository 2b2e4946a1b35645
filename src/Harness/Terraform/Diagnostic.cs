using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform;

/// <summary>One thing Terraform complains about. Protocol: https://developer.hashicorp.com/terraform/internals/machine-readable-ui</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">Relative to the root's folder; null where the complaint has no place.</param>
/// <param name="Line">Counted from 1; null where the complaint has no place.</param>
/// <param name="Address">The resource concerned, if any.</param>
public sealed record Diagnostic(string Severity, string Summary, string Detail, string? File, int? Line, string? Address)
{
    /// <summary>The line of the file, as Terraform shows it.</summary>
    public string? Code { get; init; }

    public bool IsError => Severity == "error";

    /// <summary>Place, summary and detail in reading order: <c>main.tf:3 (aws_vpc.this): Unsupported argument: …</c>.</summary>
    public override string ToString()
    {
        var place = (File, Address) switch
        {
            (null, null) => "",
            (null, _) => $"{Address}: ",
            (_, null) => $"{File}:{Line}: ",
            _ => $"{File}:{Line} ({Address}): ",
        };
        var code = Code is null ? "" : $"\n    {Code.Trim()}";

        return $"{place}{Summary}{code}{(Detail is "" ? "" : $"\n  {Detail.Trim().ReplaceLineEndings("\n  ")}")}";
    }

    /// <summary>Every diagnostic in what a command printed with <c>-json</c>: one message a line, or the one document of <c>validate</c>. Each once.</summary>
    public static IReadOnlyList<Diagnostic> ParseAll(string output) =>
        TryParse(output) is { } whole && whole["diagnostics"] is JsonArray all
            ? [.. all.Select(node => Parse(node!.AsObject())).Distinct()]
            : [.. output.Split('\n').Select(line => TryParse(line)?["diagnostic"] as JsonObject).OfType<JsonObject>().Select(Parse).Distinct()];

    /// <summary>What a line of <c>-json</c> output says to a person, or null for a line that is only for machines.</summary>
    public static string? Readable(string line) => TryParse(line) switch
    {
        null => line.Length == 0 ? null : line,
        { } message when message["diagnostic"] is JsonObject diagnostic => $"{(string?)diagnostic["severity"]}: {Parse(diagnostic)}",
        { } message when (string?)message["type"] is "version" or "log" => null,
        { } message => (string?)message["@message"],
    };

    private static Diagnostic Parse(JsonObject node) => new(
        (string?)node["severity"] ?? "error",
        ((string?)node["summary"] ?? "").Trim(),
        ((string?)node["detail"] ?? "").Trim(),
        (string?)node["range"]?["filename"],
        (int?)node["range"]?["start"]?["line"],
        (string?)node["address"])
    {
        Code = (string?)node["snippet"]?["code"],
    };

    private static JsonObject? TryParse(string text)
    {
        if (!text.TrimStart().StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
