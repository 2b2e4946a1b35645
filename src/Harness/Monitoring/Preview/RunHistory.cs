using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Monitoring.Preview;

/// <summary>A run of load or chaos.</summary>
/// <param name="Text">What ran, how it ended and when.</param>
public sealed record Run(DateTimeOffset From, DateTimeOffset To, string Text);

/// <summary>The runs that left a report below <c>artifacts/</c>.</summary>
public static class RunHistory
{
    /// <summary>Of the compiler, and full of files.</summary>
    private static readonly string[] NotOfRuns = ["bin", "obj"];

    /// <summary>Runs of which a part lies between two times, the earliest first.</summary>
    public static IReadOnlyList<Run> Between(Repository repository, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. Reports(repository.PathTo("artifacts"))
            .Select(Read)
            .OfType<Run>()
            .Where(run => run.From <= to && run.To >= from)
            .OrderBy(run => run.From),
    ];

    private static IEnumerable<string> Reports(string artifacts) =>
        !Directory.Exists(artifacts) ? [] :
            from folder in Directory.EnumerateDirectories(artifacts)
            where !NotOfRuns.Contains(Path.GetFileName(folder))
            from file in Directory.EnumerateFiles(folder, "report.json", SearchOption.AllDirectories)
            select file;

    // Other reports have no times, and one that is being written is not complete: both are left out.
    private static Run? Read(string file)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(file)) is not JsonObject report
                || !DateTimeOffset.TryParse((string?)report["started"], CultureInfo.InvariantCulture, out var from)
                || (double?)report["tookSeconds"] is not { } seconds)
            {
                return null;
            }

            var to = from + TimeSpan.FromSeconds(seconds);
            var what = string.Join(' ', new[] { (string?)report["workload"], (string?)report["scenario"] }.OfType<string>());

            return new(from, to, string.Create(
                CultureInfo.InvariantCulture, $"{what}: {report["verdict"] ?? "ended"}, {from.UtcDateTime:HH:mm:ss} to {to.UtcDateTime:HH:mm:ss} UTC"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
