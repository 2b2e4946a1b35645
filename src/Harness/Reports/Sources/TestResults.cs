using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Causeway.Harness.Reports.Sources;

/// <summary>The last run of each test suite: <c>artifacts/test-results*/&lt;suite&gt;.xml</c>. A workflow's jobs each have a folder of their own.</summary>
public sealed class TestResults : IResultSource
{
    private const string RevisionName = "causeway.revision";
    private const string FilterName = "causeway.filter";

    public string Name => "test";

    public string Command => "./causeway test";

    public bool IsRequired => true;

    /// <summary>Adds to the JUnit file of a suite what its runner does not know.</summary>
    /// <param name="file">Made where the runner left none.</param>
    /// <param name="filter">Which tests were chosen; null: all.</param>
    /// <param name="problem">What went wrong beside the tests; null: nothing.</param>
    /// <exception cref="XmlException">The file is not XML.</exception>
    public static void Stamp(string file, string revision, string? filter, string? problem)
    {
        var suite = Path.GetFileNameWithoutExtension(file);
        var document = File.Exists(file) ? XDocument.Load(file) : new XDocument(new XElement("testsuites"));
        XElement Property(string name, string value) => new("property", new XAttribute("name", name), new XAttribute("value", value));

        if (problem is not null)
        {
            document.Root!.Add(new XElement("testsuite", new XAttribute("name", suite), new XElement(
                "testcase", new XAttribute("name", "the run itself"), new XElement("failure", new XAttribute("message", problem)))));
        }

        foreach (var ran in document.Descendants("testsuite"))
        {
            ran.AddFirst(new XElement("properties", Property(RevisionName, revision), filter is null ? null : Property(FilterName, filter)));
        }

        var unfinished = $"{file}.{Environment.ProcessId}.new";
        document.Save(unfinished);
        File.Move(unfinished, file, overwrite: true);
    }

    public IReadOnlyList<RunResult> Read(string artifacts) =>
    [
        // A suite may be skipped in one job, since what it needs is in another.
        .. Files(artifacts)
            .Select(file => ResultFile.ReadText(file, Path.GetFileNameWithoutExtension(file), _ => ReadFile(file)))
            .GroupBy(result => result.Name)
            .SelectMany(suite => suite.Any(result => result.Counts.Checked > 0) ? suite.Where(result => result.Counts.Checked > 0) : suite),
    ];

    // What the gate "tests" of `check` leaves is part of that verb's result.
    private static IEnumerable<string> Files(string artifacts) => Directory.Exists(artifacts)
        ? Directory.EnumerateDirectories(artifacts, "test-results*").Order(StringComparer.Ordinal)
            .SelectMany(folder => ResultFile.In(folder, "*.xml"))
            .Where(file => !Path.GetFileName(file).StartsWith("check", StringComparison.Ordinal))
        : [];

    private static RunResult ReadFile(string file)
    {
        var document = XDocument.Load(file);
        var suite = Path.GetFileNameWithoutExtension(file);
        var report = TestReport.Load(suite, file);
        var filter = Property(document, FilterName);
        var (passed, failed, skipped) = (report.Count(TestVerdict.Passed), report.Count(TestVerdict.Failed), report.Count(TestVerdict.Skipped));

        return new RunResult(
            suite,
            failed > 0 ? RunVerdict.Failed : filter is null && passed > 0 ? RunVerdict.Passed : RunVerdict.Incomplete,
            Ended(document, file),
            Property(document, RevisionName),
            new(report.Tests.Count, passed + failed, skipped, failed))
        {
            Notes =
            [
                .. filter is null ? [] : (string[])[$"Only tests that match {filter} were run"],
                .. report.Tests.Where(test => test.Verdict is TestVerdict.Skipped).Select(test => $"skipped: {test.Name}: {test.Problem}"),
            ],
            Problems = [.. report.Tests.Where(test => test.Verdict is TestVerdict.Failed)
                .Select(test => new RunProblem($"{suite}: {test.Name}", test.Problem))],
        };
    }

    // The runner writes when it began, without a time zone, and how long it took.
    private static DateTimeOffset Ended(XDocument document, string file) =>
        (string?)document.Root!.Attribute("timestamp") is { } started
            ? DateTimeOffset.Parse(started, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                .AddSeconds((double?)document.Root.Attribute("time") ?? 0)
            : ResultFile.Written(file);

    private static string? Property(XDocument document, string name) =>
        (string?)document.Descendants("property").FirstOrDefault(property => (string?)property.Attribute("name") == name)?.Attribute("value");
}
