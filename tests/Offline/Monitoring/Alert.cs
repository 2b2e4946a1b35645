using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>An alert of the chart, as it is rendered.</summary>
/// <param name="Item">What a gate calls it: where it is rendered, its name, and its place among the rules there.</param>
internal sealed record Alert(string Item, JsonObject Rule)
{
    private static readonly string[] Severities = ["page", "ticket"];

    private static readonly string[] Annotations = ["summary", "description", "runbook_url"];

    public string Name => (string)Rule["alert"]!;

    public string Expression => (string)Rule["expr"]!;

    /// <summary>The alerts of files of rules.</summary>
    /// <param name="place">Where the files were rendered.</param>
    public static IEnumerable<Alert> Of(string place, JsonObject files) =>
        from file in files
        from @group in file.Value!["groups"]!.AsArray()
        from rule in @group!["rules"]!.AsArray().Select((rule, at) => (Is: rule!.AsObject(), At: at))
        where rule.Is["alert"] is not null
        select new Alert($"{place} {file.Key} {@group["name"]}[{rule.At}] {rule.Is["alert"]}", rule.Is);

    /// <summary>What its labels and annotations lack; null: nothing.</summary>
    public string? Problem() =>
        (string?)Rule["labels"]?["severity"] is not { } severity ? "it has no label severity; write page or ticket"
        : !Severities.Contains(severity) ? $"its severity is {severity}; write page or ticket"
        : Annotations.FirstOrDefault(name => string.IsNullOrWhiteSpace((string?)Rule["annotations"]?[name])) is { } missing ? $"it has no annotation {missing}"
        : $"/{Rule["annotations"]!["runbook_url"]}".EndsWith($"/{Runbook.FileOf(Name)}", StringComparison.Ordinal) ? null
        : $"its runbook_url is {Rule["annotations"]!["runbook_url"]}, and does not end with {Runbook.FileOf(Name)}";
}
