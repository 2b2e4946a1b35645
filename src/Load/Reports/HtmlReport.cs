using Causeway.Load.Measurement;

namespace Causeway.Load.Reports;

/// <summary>A report for a browser: one file that needs nothing else, its charts drawn as SVG.</summary>
public static class HtmlReport
{
    public static string Of(LoadReport report) => new ReportPage(
        $"Load: {report.Workload} {report.Scenario}",
        report.Verdict.ToString().ToLowerInvariant(),
        report.Description,
        report.Reasons,
        [.. Charts(report)],
        ReportTable.Of(report)).ToHtml();

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
            double[] knee = curve.Knee is { } at ? [at] : [];

            yield return new Chart("goodput per second over offered rate",
            [
                new("offered", "#8b8d98", [.. curve.Points.Select(point => (point.Offered, point.Offered))]),
                new("goodput", "#30a46c", [.. curve.Points.Select(point => (point.Offered, point.Goodput))]),
            ], knee).ToSvg();
            yield return new Chart("p99 latency in ms over offered rate",
            [
                new("p99", "#8e4ec6", [.. curve.Points.Select(point => (point.Offered, point.P99))]),
            ], knee).ToSvg();
        }
    }

    private static readonly string[] Colours = ["#0090ff", "#8e4ec6", "#12a594", "#f76b15"];

    // Over the number of nines: 0 is the fastest, 1 is 90 %, 2 is 99 %, 3 is 99.9 %. So the tail gets its room.
    private static (double, double)[] Distribution(Latencies latencies) =>
        [.. Enumerable.Range(0, 31).Select(tenth => tenth / 10.0).Select(nines => (nines, latencies.Percentile(100 * (1 - Math.Pow(10, -nines)))))];
}
