using System.Net;
using System.Text;
using Causeway.Load.Measurement;

namespace Causeway.Load.Reports;

/// <summary>A report for a browser: one file that needs nothing else, its charts drawn as SVG.</summary>
public static class HtmlReport
{
    private const string Style = """
        body { font: 14px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1c2024; background: #fff }
        h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem } .note { color: #60646c }
        table { border-collapse: collapse; display: block; overflow-x: auto } td, th { padding: .2rem .7rem; border-bottom: 1px solid #e0e1e6; text-align: left }
        th { color: #60646c; font-weight: 500 } .passed { color: #18794e } .failed { color: #ce2c31; font-weight: 600 } .invalid { color: #ab6400; font-weight: 600 }
        svg { width: 100%; height: auto; max-width: 60rem } .axis { stroke: #b9bbc6 } .grid { stroke: #eceef0 } text { font-size: 11px; fill: #60646c }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(28rem, 1fr)); gap: 1rem }
        """;

    public static string Of(LoadReport report)
    {
        var verdict = report.Verdict.ToString().ToLowerInvariant();
        var body = new StringBuilder();
        body.Append($"<h1>{Text($"Load: {report.Workload} {report.Scenario}")}: <span class=\"{verdict}\">{verdict}</span></h1>\n");
        body.Append($"<p>{Text(report.Description)}</p>\n");

        if (report.Reasons is not [])
        {
            body.Append($"<ul>{string.Concat(report.Reasons.Select(reason => $"<li>{Text(reason)}</li>"))}</ul>\n");
        }

        body.Append($"<div class=\"charts\">{string.Concat(Charts(report))}</div>\n");

        foreach (var table in ReportTable.Of(report))
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
            <title>{Text($"Load: {report.Workload} {report.Scenario}")}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            {body}</body>
            </html>

            """;
    }

    private static IEnumerable<string> Charts(LoadReport report)
    {
        foreach (var phase in report.Phases)
        {
            // The last second is a part of one: its sums would look like a fall.
            TimelineSecond[] seconds = [.. phase.Result.Timeline.SkipLast(1)];
            ChartLine Line(string name, string colour, Func<TimelineSecond, double> value) =>
                new(name, colour, [.. seconds.Select(second => ((double)second.Second, value(second)))]);

            yield return new Chart($"{phase.Name}: requests per second over seconds",
            [
                Line("intended", "#8b8d98", second => second.Intended),
                Line("ok", "#30a46c", second => second.Ok),
                Line("refused", "#ffc53d", second => second.Refused),
                Line("errors", "#e5484d", second => second.Errors),
            ]).ToSvg();
            yield return new Chart($"{phase.Name}: latency from the intended start in ms over seconds",
            [
                Line("p50", "#0090ff", second => second.P50),
                Line("p99", "#8e4ec6", second => second.P99),
            ]).ToSvg();
            yield return new Chart($"{phase.Name}: latency in ms by percentile (nines)",
            [
                .. phase.Result.Endpoints.Where(endpoint => endpoint.Latency.Count > 0).SelectMany((endpoint, at) => new[]
                {
                    new ChartLine($"{endpoint.Endpoint} latency", Colours[at % Colours.Length], Distribution(endpoint.Latency)),
                    new ChartLine($"{endpoint.Endpoint} service", Colours[at % Colours.Length], Distribution(endpoint.Service), IsDashed: true),
                }),
            ]).ToSvg();
        }

        if (report.Curve is { } curve)
        {
            yield return new Chart("goodput per second over offered rate",
            [
                new("offered", "#8b8d98", [.. curve.Points.Select(point => (point.Offered, point.Offered))]),
                new("goodput", "#30a46c", [.. curve.Points.Select(point => (point.Offered, point.Goodput))]),
            ], curve.Knee).ToSvg();
            yield return new Chart("p99 latency in ms over offered rate",
            [
                new("p99", "#8e4ec6", [.. curve.Points.Select(point => (point.Offered, point.P99))]),
            ], curve.Knee).ToSvg();
        }
    }

    private static readonly string[] Colours = ["#0090ff", "#8e4ec6", "#12a594", "#f76b15"];

    // Over the number of nines: 0 is the fastest, 1 is 90 %, 2 is 99 %, 3 is 99.9 %. So the tail gets its room.
    private static (double, double)[] Distribution(Latencies latencies) =>
        [.. Enumerable.Range(0, 31).Select(tenth => tenth / 10.0).Select(nines => (nines, latencies.Percentile(100 * (1 - Math.Pow(10, -nines)))))];

    private static string Cell(string cell) => cell is "passed" or "failed" ? $"<td class=\"{cell}\">{cell}</td>" : $"<td>{Text(cell)}</td>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
