using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Monitoring.Preview;

/// <summary>Series that only a cluster has, for dashboards where there is none: <c>monitoring/recorded/cluster.yaml</c>.</summary>
/// <param name="Source">The file, relative to the repository.</param>
/// <param name="From">The time of the first value.</param>
/// <param name="Interval">The time between two values.</param>
/// <param name="Series">Values by series; null: there is none at that time.</param>
public sealed partial record RecordedSeries(
    string Source, DateTimeOffset From, TimeSpan Interval, IReadOnlyDictionary<string, IReadOnlyList<double?>> Series)
{
    private const string File = "monitoring/recorded/cluster.yaml";

    /// <summary>The time of the last value.</summary>
    public DateTimeOffset To => From + (Interval * (Series.Values.Max(values => values.Count) - 1));

    /// <exception cref="InvalidDataException">The file is not as promtool's input series are; the message names the series.</exception>
    public static RecordedSeries Load(Repository repository)
    {
        var file = Yaml.LoadFile(repository.PathTo(File));

        return new(
            File,
            DateTimeOffset.Parse((string)file["start"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            TimeSpan.FromSeconds((int)file["interval_seconds"]!),
            file["input_series"]!.AsArray().ToDictionary(
                one => (string)one!["series"]!,
                one => Expand((string)one!["values"]!) is { Count: > 0 } values
                    ? values
                    : throw new InvalidDataException($"{File}: {one["series"]} has no values.")));
    }

    /// <summary>
    /// Values as promtool writes them (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series): <c>1+2x3</c> is 1 3 5 7,
    /// <c>4x2</c> is 4 4 4, <c>_</c> is none, <c>_x3</c> none three times.
    /// </summary>
    /// <exception cref="InvalidDataException">It is written otherwise.</exception>
    public static IReadOnlyList<double?> Expand(string notation)
    {
        var values = new List<double?>();

        foreach (var word in notation.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Word().Match(word);

            if (!match.Success)
            {
                throw new InvalidDataException($"{File}: {word} is not a value of promtool's: write 1, 1x3, 1+2x3, 9-2x3, _ or _x3.");
            }

            var times = match.Groups["times"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : (int?)null;

            if (match.Groups["none"].Success)
            {
                values.AddRange(Enumerable.Repeat<double?>(null, times ?? 1));
            }
            else
            {
                var (first, step) = (Number(match.Groups["first"].Value), match.Groups["step"] is { Success: true } given ? Number(given.Value) : 0);
                values.AddRange(Enumerable.Range(0, (times ?? 0) + 1).Select(index => (double?)(first + (index * step))));
            }
        }

        return values;
    }

    /// <summary>
    /// The series as promtool makes blocks of them (https://prometheus.io/docs/prometheus/latest/storage/#backfilling-from-openmetrics-format).
    /// </summary>
    public string OpenMetrics()
    {
        var text = new StringBuilder();

        foreach (var (series, values) in Series)
        {
            foreach (var (index, value) in values.Index().Where(one => one.Item is not null))
            {
                text.Append(CultureInfo.InvariantCulture, $"{series} {value} {(From + (Interval * index)).ToUnixTimeSeconds()}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<none>_)|(?<first>-?[0-9.]+(?:e-?[0-9]+)?)(?<step>[+-][0-9.]+(?:e-?[0-9]+)?)?)(?:x(?<times>[0-9]+))?$")]
    private static partial Regex Word();
}
