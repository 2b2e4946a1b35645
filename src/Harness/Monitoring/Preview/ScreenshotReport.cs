namespace Causeway.Harness.Monitoring.Preview;

/// <summary>What pictures of dashboards show, held against what the dashboards have.</summary>
/// <param name="Dashboards">How many there are to show.</param>
/// <param name="Checked">How many of them were drawn.</param>
/// <param name="Panels">How many there are to show.</param>
/// <param name="WithData">Panels that show data of the running platform.</param>
/// <param name="Recorded">Panels that show recorded series, since only a cluster has theirs.</param>
/// <param name="OfFailures">Panels that are empty since nothing fails.</param>
/// <param name="Problems">Everything that is not as it should be, each with its dashboard and panel.</param>
public sealed record ScreenshotReport(
    int Dashboards, int Checked, int Panels, int WithData, int Recorded, int OfFailures, IReadOnlyList<string> Problems)
{
    /// <summary>The counts in words.</summary>
    public string Counts =>
        $"dashboards: {Dashboards} expected, {Checked} checked, {Dashboards - Checked} skipped\n"
        + $"panels: {Panels} expected, {WithData} with data, {Recorded} with recorded series, {OfFailures} empty since nothing fails, "
        + $"{Problems.Count} problems";

    /// <param name="dashboards">Those that were to be drawn.</param>
    /// <param name="pages">What the pages say.</param>
    public static ScreenshotReport Of(IReadOnlyList<Dashboard> dashboards, IReadOnlyList<DrawnPage> pages)
    {
        var problems = new List<string>();
        var (isChecked, withData, recorded, ofFailures) = (0, 0, 0, 0);

        foreach (var dashboard in dashboards)
        {
            if (pages.SingleOrDefault(page => page.Name == dashboard.Name) is not { State: "drawn" } page)
            {
                problems.Add($"{dashboard.Name}: is not drawn: {pages.SingleOrDefault(other => other.Name == dashboard.Name)?.Message ?? "it was not opened"}");

                continue;
            }

            isChecked++;
            problems.AddRange(page.Errors.Select(error => $"{dashboard.Name}: the browser says: {error}"));

            foreach (var panel in dashboard.Panels)
            {
                switch (page.Panels.SingleOrDefault(drawn => drawn.Id == panel.Id))
                {
                    case { State: "data" } when dashboard.NeedsCluster:
                        recorded++;
                        break;
                    case { State: "data" }:
                        withData++;
                        break;
                    case { State: "empty" } when panel.ShowsFailures:
                        ofFailures++;
                        break;
                    case { State: "empty" }:
                        problems.Add($"{dashboard.Name}: {panel.Title}: shows no data");
                        break;
                    case var drawn:
                        problems.Add($"{dashboard.Name}: {panel.Title}: {drawn?.Message ?? "is missing on the page"}");
                        break;
                }
            }
        }

        if (dashboards is [])
        {
            problems.Add("there is no dashboard");
        }

        return new(dashboards.Count, isChecked, dashboards.Sum(dashboard => dashboard.Panels.Count), withData, recorded, ofFailures, problems);
    }
}
