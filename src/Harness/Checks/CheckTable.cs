using System.Globalization;
using System.Xml.Linq;

namespace Causeway.Harness.Checks;

/// <summary>What a run of gates came to: for a person, and as JUnit XML for programs.</summary>
public static class CheckTable
{
    // Of one item: what keeps the output may keep only its end.
    private const int LongestProblem = 40;

    private static object[] UnchangedNote => [new XElement("system-out", "unchanged since it passed")];

    /// <summary>A row for each gate, then what was skipped and what failed.</summary>
    /// <param name="leftOut">Gates that did not run.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<GateReport> reports, IReadOnlyList<IGate> leftOut)
    {
        var width = reports.Select(report => report.Gate.Length).DefaultIfEmpty(4).Max();
        var isMeasured = reports.Any(report => report.Cpu is not null);
        yield return $"{"gate".PadRight(width)}  expected  checked  skipped  failed    time{(isMeasured ? "     cpu  of it programs" : "")}";

        foreach (var report in reports.OrderBy(report => report.Failures is not []).ThenBy(report => report.Gate, StringComparer.Ordinal))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{report.Gate.PadRight(width)}  {report.Expected,8}  {report.Checked.Count,7}  {report.Skipped.Count,7}  {report.Failures.Count,6}  " +
                $"{report.Elapsed.TotalSeconds,4:0.0} s{Cost(report.Cpu)}");
        }

        foreach (var report in reports.Where(report => report.Unchanged is not []))
        {
            yield return $"unchanged since it passed: {report.Gate}: {report.Unchanged.Count} of {report.Checked.Count} checked (--fresh checks them again)";
        }

        foreach (var skipped in reports.SelectMany(report => report.Skipped.Select(item => $"skipped: {report.Gate}: {item.Item}: {item.Problem}")))
        {
            yield return skipped;
        }

        foreach (var line in reports.SelectMany(Failures))
        {
            yield return line;
        }

        if (leftOut is not [])
        {
            yield return $"left out: {string.Join(", ", leftOut.Select(gate => gate.Name))}";
        }

        yield return $"{reports.Count(report => report.Failures is [])} passed, {reports.Count(report => report.Failures is not [])} failed";
    }

    /// <summary>Writes a suite for each gate, with a case for each item.</summary>
    public static void Write(IReadOnlyList<GateReport> reports, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        new XDocument(new XElement("testsuites", reports.Select(Suite))).Save(file);
    }

    private static string Cost(CpuTime? cpu) => cpu is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $"  {cpu.Total.TotalSeconds,4:0.0} s  {cpu.Programs.TotalSeconds,11:0.0} s");

    private static IEnumerable<string> Failures(GateReport report) => report.Failures.SelectMany(failure =>
    {
        var lines = failure.Problem.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        return (string[])[$"failed: {report.Gate}: {failure.Item}", .. lines.Take(LongestProblem).Select(line => $"    {line}")];
    });

    private static XElement Suite(GateReport report)
    {
        XElement Case(string item, params object[] content) =>
            new("testcase", new XAttribute("classname", report.Gate), new XAttribute("name", item), new XAttribute("time", 0), content);

        var failed = report.Failures.Select(failure => failure.Item).ToHashSet();
        var unchanged = report.Unchanged.ToHashSet();

        return new XElement(
            "testsuite",
            new XAttribute("name", report.Gate),
            new XAttribute("time", report.Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)),
            report.Checked.Where(item => !failed.Contains(item)).Select(item => Case(item, unchanged.Contains(item) ? UnchangedNote : [])),
            report.Skipped.Select(item => Case(item.Item, new XElement("skipped", new XAttribute("message", item.Problem)))),
            report.Failures.Select(failure => Case(failure.Item, new XElement("failure", new XAttribute("message", failure.Problem)))));
    }
}
