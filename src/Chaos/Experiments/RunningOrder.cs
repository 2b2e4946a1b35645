namespace Causeway.Chaos.Experiments;

/// <summary>
/// The order in which many experiments run: where it can be helped, none follows one that fires the same alert or moves the same panel, so that what one
/// leaves in them has passed by when the next begins.
/// </summary>
public static class RunningOrder
{
    /// <summary>All of them. Those that have the most left to be kept apart from come first, then those whose names do.</summary>
    public static IReadOnlyList<FoundExperiment> Of(IReadOnlyList<FoundExperiment> experiments)
    {
        var (rest, order) = (experiments.OrderBy(found => found.Experiment.Name, StringComparer.Ordinal).ToList(), new List<FoundExperiment>());

        while (rest is not [])
        {
            var last = order is [] ? [] : Signs(order[^1]).ToHashSet();
            var next = rest.OrderBy(found => Signs(found).Any(last.Contains)).ThenByDescending(Alike).First();
            rest.Remove(next);
            order.Add(next);
        }

        return order;

        int Alike(FoundExperiment found) => Signs(found).Select(sign => rest.Count(other => Signs(other).Contains(sign))).DefaultIfEmpty(0).Max();
    }

    /// <summary>What an experiment shows itself by: its alerts and panels.</summary>
    internal static IEnumerable<string> Signs(FoundExperiment found) => found.Experiment.Alerts.Select(alert => $"{found.Workload} {alert.Name}")
        .Concat(found.Experiment.Panels.Select(panel => $"{found.Workload} {panel.Dashboard}: {panel.Panel}"));
}
