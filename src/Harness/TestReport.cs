using System.Globalization;
using System.Xml.Linq;

namespace Causeway.Harness;

/// <summary>What one run of a suite came to, read from the JUnit XML that its runner wrote.</summary>
/// <param name="Suite">Name of the suite.</param>
public sealed record TestReport(string Suite, IReadOnlyList<TestOutcome> Tests, IReadOnlyList<string> Gates)
{
    /// <summary>A suite that wrote no results.</summary>
    public static TestReport Empty(string suite) => new(suite, [], []);

    /// <exception cref="System.Xml.XmlException">The file is not XML.</exception>
    public static TestReport Load(string suite, string junit)
    {
        var document = XDocument.Load(junit);

        return new TestReport(
            suite,
            [.. document.Descendants("testcase").Select(Read)],
            [.. document.Descendants("system-out")
                .SelectMany(output => output.Value.Split('\n'))
                .Select(line => line.Trim())
                .Where(line => line.Contains(" expected, ", StringComparison.Ordinal))]);
    }

    public int Count(TestVerdict verdict) => Tests.Count(test => test.Verdict == verdict);

    /// <summary>The slowest tests of all <paramref name="reports"/>, a line each: seconds, suite, name.</summary>
    public static IEnumerable<string> Slowest(IEnumerable<TestReport> reports, int count) =>
        reports.SelectMany(report => report.Tests.Select(test => (report.Suite, test)))
            .Where(test => test.test.Verdict != TestVerdict.Skipped)
            .OrderByDescending(test => test.test.Seconds)
            .Take(count)
            .Select(test => string.Create(CultureInfo.InvariantCulture, $"{test.test.Seconds,8:0.0} s  {test.Suite,-16} {test.test.Name}"));

    /// <summary>The failed tests of all <paramref name="reports"/>: suite and name, and below it the first lines of what each says.</summary>
    /// <param name="most">Lines of one test at most.</param>
    public static IEnumerable<string> Failures(IEnumerable<TestReport> reports, int most) =>
        reports.SelectMany(report => report.Tests.Where(test => test.Verdict == TestVerdict.Failed).Select(test => (report.Suite, test)))
            .SelectMany(failed => (string[])[$"  {failed.Suite,-16} {failed.test.Name}", .. Lines(failed.test.Problem, most).Select(line => $"    {line}")]);

    /// <summary>The skipped tests of all <paramref name="reports"/>, a line each: suite, name, reason.</summary>
    public static IEnumerable<string> Skips(IEnumerable<TestReport> reports) =>
        reports.SelectMany(report => report.Tests.Where(test => test.Verdict == TestVerdict.Skipped)
            .Select(test => $"  {report.Suite,-16} {test.Name}: {(test.Problem is "" ? "no reason is given" : test.Problem)}"));

    private static string[] Lines(string text, int most)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        return lines.Length > most ? [.. lines[..most], $"… {lines.Length - most} more lines above"] : lines;
    }

    private static TestOutcome Read(XElement test)
    {
        var problem = test.Element("failure") ?? test.Element("error");
        var skipped = test.Element("skipped");

        return new(
            (string?)test.Attribute("name") ?? "",
            (double?)test.Attribute("time") ?? 0,
            problem is not null ? TestVerdict.Failed : skipped is not null ? TestVerdict.Skipped : TestVerdict.Passed,
            problem is null ? (string?)skipped?.Attribute("message") ?? skipped?.Value ?? "" : $"{(string?)problem.Attribute("message")}\n{problem.Value}");
    }
}
