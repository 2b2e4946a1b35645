using System.Net;
using System.Text;

namespace Causeway.Harness.Reports;

/// <summary>The report for a browser: one file that needs no network, in the reader's light or dark colours.</summary>
/// <param name="folder">Where the page is written: links to detailed reports are relative to it.</param>
public sealed class SummaryPage(SummaryReport report, string folder)
{
    // Of one message: the rest is in the verb's own output.
    private const int LongestMessage = 40;

    private const string Style = """
        :root { color-scheme: light dark; --text: #1c2024; --quiet: #60646c; --line: #d9d9e0; --page: #fff; --good: #18794e; --bad: #ce2c31; --warn: #ab6400 }
        @media (prefers-color-scheme: dark) {
          :root { --text: #edeef0; --quiet: #b0b4ba; --line: #363a3f; --page: #111113; --good: #3dd68c; --bad: #ff9592; --warn: #ffca16 }
          a { color: #70b8ff }
        }
        body { font: 14px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--page) }
        h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem } .quiet { color: var(--quiet) }
        .wide { overflow-x: auto } table { border-collapse: collapse; margin: 1rem 0 } caption { text-align: left; color: var(--quiet); padding: .2rem .7rem }
        td, th { padding: .2rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; white-space: pre-line }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 1rem; padding-left: 1rem; border-left: 3px solid var(--line) }
        .good { color: var(--good) } .bad { color: var(--bad); font-weight: 600 } .warn { color: var(--warn); font-weight: 600 }
        """;

    public string ToHtml() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Causeway: last results</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        <h1>Last results: {Head()}</h1>
        <p class="quiet">Checkout at {Text(CheckoutRevision.Shorten(report.Revision))}; this page was made {report.Made:yyyy-MM-dd HH:mm} UTC,
        and ages are as of then.</p>
        {Lines()}{string.Concat(report.Sources.Select(Section))}</main>
        </body>
        </html>

        """;

    private string Head() => report.Shortcomings.Count is 0
        ? Marked("all passed", "good")
        : Marked($"{report.Shortcomings.Count} of {report.Sources.Count} sources have not passed at this commit", "bad");

    private string Lines() => Table(
        "One line for each source; of several results the worst verdict, the oldest time and the sums",
        ["source", "verdict", "when", "commit", "expected", "checked", "skipped", "failed", "detailed reports"],
        report.Sources.Select(source => source.Oldest is not { } oldest
            ? (string[])[Link(source), VerdictCell(RunVerdict.NotRun), Command(source), "–", "–", "–", "–", "–", "–"]
            :
            [
                Link(source),
                VerdictCell(source.Verdict),
                When(oldest),
                FreshnessCell(source.Freshness),
                .. Counts(source.Counts),
                string.Join(", ", source.Results.Select(DetailLink).OfType<string>()) is { Length: > 0 } links ? links : Text("on this page"),
            ]));

    private string Section(SourceReport source)
    {
        var section = new StringBuilder($"<section id=\"{Id(source)}\">\n<h2>{Text(source.Source.Name)}: {VerdictCell(source.Verdict)}</h2>\n");

        if (source.Results is [])
        {
            var kind = source.Source.IsRequired ? "" : " It is not part of every report.";

            return section.Append($"<p>There is no result, so nothing is known.{kind} {Command(source)} makes one.</p>\n</section>\n").ToString();
        }

        if (source.Freshness is not Freshness.Current)
        {
            section.Append($"<p>{FreshnessCell(source.Freshness)}: {Command(source)} makes a result of this commit.</p>\n");
        }

        section.Append(Table(
            $"Results of {source.Source.Name}",
            ["what", "verdict", "when", "commit", "", "expected", "checked", "skipped", "failed", "detailed report"],
            source.Results.Select(result => (string[])
            [
                Text(result.Name), VerdictCell(result.Verdict), When(result), Text(CheckoutRevision.Shorten(result.Revision)),
                FreshnessCell(source.FreshnessOf(result)), .. Counts(result.Counts), DetailLink(result) ?? Text("on this page"),
            ])));

        foreach (var (verdict, problem) in source.Results.SelectMany(result => result.Problems.Select(problem => (result.Verdict, problem))))
        {
            section.Append($"<h3>{VerdictCell(verdict)}: {Text(problem.What)}</h3>\n<pre>{Text(Message(problem.Message))}</pre>\n");
        }

        if (source.Results.SelectMany(result => result.Notes).ToArray() is { Length: > 0 } notes)
        {
            section.Append($"<ul>{string.Concat(notes.Select(note => $"<li>{Text(note)}</li>"))}</ul>\n");
        }

        foreach (var table in source.Results.SelectMany(result => result.Tables).Where(table => table.Rows is not []))
        {
            section.Append(Table(table.Caption, table.Columns, table.Rows.Select(row => row.Select(Cell))));
        }

        return section.Append("</section>\n").ToString();
    }

    // A link must lead to something: a page without its report names it only.
    private string? DetailLink(RunResult result) => result.Detail is { } detail && File.Exists(detail)
        ? $"<a href=\"{string.Join('/', Path.GetRelativePath(folder, detail).Split('/').Select(Uri.EscapeDataString))}\">{Text(result.Name)}</a>"
        : null;

    private string When(RunResult result) => Text($"{result.Ended.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n{Age.Words(result.Ended, report.Made)}");

    private static string[] Counts(RunCounts counts) =>
    [
        $"{counts.Expected}", $"{counts.Checked}", $"{counts.Skipped}", counts.Failed is 0 ? "0" : Marked($"{counts.Failed}", "bad"),
    ];

    private static string Table(string caption, IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(caption)}\">\n");
        var heads = columns.Select(column => column is "" ? "<td></td>" : $"<th scope=\"col\">{Text(column)}</th>");
        text.Append($"<table>\n<caption>{Text(caption)}</caption>\n");
        text.Append($"<thead><tr>{string.Concat(heads)}</tr></thead>\n<tbody>\n");

        foreach (var row in rows)
        {
            var cells = row.Select((cell, at) => at is 0 ? $"<th scope=\"row\">{cell}</th>" : $"<td>{cell}</td>");
            text.Append($"<tr>{string.Concat(cells)}</tr>\n");
        }

        return text.Append("</tbody>\n</table>\n</div>\n").ToString();
    }

    private static string Cell(string cell) => cell switch
    {
        "passed" => Marked(cell, "good"),
        "failed" or "higher" => Marked(cell, "bad"),
        "invalid" or "not run" => Marked(cell, "warn"),
        _ => Text(cell),
    };

    private static string VerdictCell(RunVerdict verdict) => Marked(SourceReport.Words(verdict), verdict switch
    {
        RunVerdict.Passed => "good",
        RunVerdict.Failed or RunVerdict.Unreadable => "bad",
        _ => "warn",
    });

    private static string FreshnessCell(Freshness freshness) => Marked(SourceReport.Words(freshness), freshness switch
    {
        Freshness.Current => "good",
        Freshness.Stale => "bad",
        _ => "warn",
    });

    private static string Message(string message) => message.Trim().Split('\n') is { Length: > LongestMessage } lines
        ? string.Join('\n', [.. lines[..LongestMessage], $"… {lines.Length - LongestMessage} more lines"])
        : message.Trim();

    private static string Link(SourceReport source) => $"<a href=\"#{Id(source)}\">{Text(source.Source.Name)}</a>";

    private static string Id(SourceReport source) => source.Source.Name.Replace(' ', '-');

    private static string Command(SourceReport source) => $"<code>{Text(source.Source.Command)}</code>";

    private static string Marked(string text, string mark) => $"<span class=\"{mark}\">{Text(text)}</span>";

    // Without control characters, such as a terminal's colours.
    private static string Text(string text) => WebUtility.HtmlEncode(string.Concat(text.Where(letter => letter is '\n' or '\t' || !char.IsControl(letter))));
}
