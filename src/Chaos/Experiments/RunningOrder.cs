namespace Causeway.Chaos.Experiments;

/// <summary>
/// The order in which many experiments run: those that fire one alert or move one panel are spread out, so that what one leaves in them has passed by when
/// the next begins.
/// </summary>
public static class RunningOrder
{
    /// <summary>All of them. Each that shares nothing keeps about its place.</summary>
    public static IReadOnlyList<FoundExperiment> Of(IReadOnlyList<FoundExperiment> experiments)
    {
        var groups = experiments.SelectMany(found => Signs(found).Select(sign => (sign, found))).ToLookup(one => one.sign, one => one.found);

        return
        [
            .. from found in experiments
               let among = Signs(found).Select(sign => groups[sign].ToArray()).OrderByDescending(alike => alike.Length).FirstOrDefault()
               let place = among is { Length: > 1 } ? Place(found, among) : Place(found, experiments)
               orderby place, found.Experiment.Name
               select found,
        ];
    }

    /// <summary>What an experiment shows itself by: its alerts and panels.</summary>
    internal static IEnumerable<string> Signs(FoundExperiment found) => found.Experiment.Alerts.Select(alert => $"{found.Workload} {alert.Name}")
        .Concat(found.Experiment.Panels.Select(panel => $"{found.Workload} {panel.Dashboard}: {panel.Panel}"));

    // From 0 to 1.
    private static double Place(FoundExperiment found, IReadOnlyList<FoundExperiment> among) =>
        (among.Select(one => one.Experiment.Name).Order(StringComparer.Ordinal).ToList().IndexOf(found.Experiment.Name) + 0.5) / among.Count;
}
