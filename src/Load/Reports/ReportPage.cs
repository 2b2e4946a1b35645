using System.Net;
using System.Text;

namespace Causeway.Load.Reports;

/// <summary>What a report shows, as a page for a browser or as Markdown.</summary>
/// <param name="Verdict">passed, failed or invalid.</param>
/// <param name="Reasons">Why it is not passed.</param>
/// <param name="Charts">Pictures as SVG, for browsers alone.</param>
/// <param name="Tables">Those without a row are left out.</param>
public sealed record ReportPage(
    string Title, string Verdict, string Description, IReadOnlyList<string> Reasons, IReadOnlyList<string> Charts, IReadOnlyList<ReportTable> Tables)
{
    private const string Style = """
        body { font: 14px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1c2024; background: #fff }
        h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem } .note { color: #60646c }
        table { border-collapse: collapse; display: block; overflow-x: auto } td, th { padding: .2rem .7rem; border-bottom: 1px solid #e0e1e6; text-align: left }
        th { color: #60646c; font-weight: 500 } .passed { color: #18794e } .failed { color: #ce2c31; font-weight: 600 } .invalid { color: #ab6400; font-weight: 600 }
        svg { width: 100%; height: auto; max-width: 60rem } .axis { stroke: #b9bbc6 } .grid { stroke: #eceef0 } text { font-size: 11px; fill: #60646c }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(28rem, 1fr)); gap: 1rem }
        """;

    /// <summary>One file that needs nothing else.</summary>
    public string ToHtml()
    {
        var body = new StringBuilder();
        body.Append($"<h1>{Text(Title)}: <span class=\"{Verdict}\">{Verdict}</span></h1>\n");
        body.Append($"<p>{Text(Description)}</p>\n");

        if (Reasons is not [])
        {
            body.Append($"<ul>{string.Concat(Reasons.Select(reason => $"<li>{Text(reason)}</li>"))}</ul>\n");
        }

        body.Append($"<div class=\"charts\">{string.Concat(Charts)}</div>\n");

        foreach (var table in Tables.Where(table => table.Rows is not []))
        {
            body.Append($"<h2>{Text(table.Title)}</h2>\n");
            body.Append(table.Note is "" ? "" : $"<p class=\"note\">{Text(table.Note)}</p>\n");
            body.Append($"<table><tr>{string.Concat(table.Columns.Select(column => $"<th>{Text(column)}</th>"))}</tr>\n");
            table.Rows.ToList().ForEach(row => body.Append($"<tr>{string.Concat(row.Select(Cell))}</tr>\n"));
            body.Append("</table>\n");
        }

        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{Text(Title)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            {body}</body>
            </html>

            """;
    }

    /// <summary>For a pull request or a terminal.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append($"# {Title}: {Verdict}\n\n{Description}\n");

        foreach (var reason in Reasons)
        {
            text.Append($"\n- {reason}");
        }

        text.Append(Reasons is [] ? "" : "\n");

        foreach (var table in Tables.Where(table => table.Rows is not []))
        {
            text.Append($"\n## {table.Title}\n\n");
            text.Append(table.Note is "" ? "" : $"{table.Note}\n\n");
            text.Append(Line(table.Columns)).Append(Line([.. table.Columns.Select(_ => "---")]));
            table.Rows.ToList().ForEach(row => text.Append(Line(row)));
        }

        return text.ToString();
    }

    private static string Cell(string cell) => cell is "passed" or "failed" or "invalid" ? $"<td class=\"{cell}\">{cell}</td>" : $"<td>{Text(cell)}</td>";

    private static string Line(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ')))} |\n";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
