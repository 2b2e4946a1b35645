using System.Text.Json.Nodes;

namespace Causeway.Harness.Monitoring;

/// <summary>What a dashboard has to have so that a reader understands it and Grafana loads it anywhere.</summary>
public static class DashboardRules
{
    /// <summary>Grafana's grid.</summary>
    private const int Columns = 24;

    private const int LongestUid = 40;

    /// <summary>Types of panel that are in use: those that the preview draws (<c>Preview/page/panels.mjs</c>).</summary>
    public static IReadOnlyList<string> Types { get; } = ["timeseries", "stat"];

    /// <summary>Units that are in use: those that the preview writes (<c>Preview/page/units.mjs</c>).</summary>
    public static IReadOnlyList<string> Units { get; } = ["short", "percentunit", "reqps", "ops", "s", "ms", "bytes", "Bps"];

    /// <summary>Everything wrong with a dashboard, each with its panel; empty where all is well.</summary>
    public static IReadOnlyList<string> Problems(Dashboard dashboard) =>
        [.. OfWhole(dashboard), .. dashboard.Panels.SelectMany(panel => OfPanel(dashboard, panel)), .. OfPlaces(dashboard)];

    private static IEnumerable<string> OfWhole(Dashboard dashboard)
    {
        if ((string?)dashboard.Json["uid"] is var uid && uid != $"causeway-{dashboard.Name}")
        {
            yield return $"uid is {uid ?? "missing"}: a link to it must not break, so it is causeway-{dashboard.Name}, after the file";
        }

        if ($"causeway-{dashboard.Name}" is { Length: > LongestUid } wanted)
        {
            yield return $"{wanted} has {wanted.Length} characters, and Grafana takes {LongestUid} for a uid: give the file a shorter name";
        }

        if (dashboard.Title is "" || (string?)dashboard.Json["description"] is null or "")
        {
            yield return "title or description is missing";
        }

        if (!dashboard.Variables.Contains("datasource"))
        {
            yield return "has no variable datasource: which Prometheus is asked differs from place to place";
        }

        if (dashboard.Panels is [])
        {
            yield return "has no panel";
        }

        var used = Dashboard.VariablesIn(dashboard.Json.ToJsonString()).ToHashSet();

        foreach (var unused in dashboard.Variables.Where(name => !used.Contains(name)))
        {
            yield return $"the variable {unused} is chosen and used nowhere";
        }

        foreach (var unknown in used.Except(dashboard.Variables))
        {
            yield return $"${unknown} is used, and there is no such variable: there are {string.Join(", ", dashboard.Variables)}";
        }

        foreach (var twice in dashboard.Panels.GroupBy(panel => panel.Id).Where(same => same.Count() > 1))
        {
            yield return $"the id {twice.Key} belongs to {string.Join(" and ", twice.Select(panel => panel.Title))}";
        }
    }

    private static IEnumerable<string> OfPanel(Dashboard dashboard, Panel panel)
    {
        var name = panel.Title is "" ? $"panel {panel.Id}" : panel.Title;

        if (panel.Title is "")
        {
            yield return $"{name}: has no title";
        }

        if (!Types.Contains(panel.Type))
        {
            yield return $"{name}: is of type {panel.Type}, and the preview draws {string.Join(" and ", Types)}";
        }

        if (!panel.Description.EndsWith('.'))
        {
            yield return $"{name}: has no description in whole sentences";
        }

        if ((string?)panel.Json["fieldConfig"]?["defaults"]?["unit"] is null or "")
        {
            yield return $"{name}: has no unit";
        }
        else if (!Units.Contains((string)panel.Json["fieldConfig"]!["defaults"]!["unit"]!))
        {
            yield return $"{name}: has the unit {panel.Json["fieldConfig"]!["defaults"]!["unit"]}, and the preview writes {string.Join(", ", Units)}";
        }

        if (panel.Json["fieldConfig"]?["overrides"] is JsonArray { Count: > 0 } || panel.Json["transformations"] is JsonArray { Count: > 0 })
        {
            yield return $"{name}: has overrides or transformations, which the preview does not read";
        }

        foreach (var source in new[] { panel.Json }.Concat((panel.Json["targets"]?.AsArray() ?? []).Select(query => query!.AsObject())))
        {
            if ((string?)source["datasource"]?["uid"] is not "${datasource}")
            {
                yield return $"{name}: asks {source["datasource"]?.ToJsonString() ?? "no data source"}, and should ask ${{datasource}}";
            }
        }

        if (panel.Queries is [] || panel.Queries.Any(query => query.Expression is ""))
        {
            yield return $"{name}: has no query";
        }

        if (panel.Queries.Any(query => query.Legend is ""))
        {
            yield return $"{name}: a query has no legend";
        }
    }

    private static IEnumerable<string> OfPlaces(Dashboard dashboard)
    {
        var taken = new Dictionary<(int X, int Y), string>();

        foreach (var panel in dashboard.Panels)
        {
            var place = panel.Json["gridPos"]?.AsObject() ?? [];
            var (x, y, w, h) = (At(place, "x"), At(place, "y"), At(place, "w"), At(place, "h"));

            if (w < 1 || h < 1 || x < 0 || x + w > Columns)
            {
                yield return $"{panel.Title}: does not fit into {Columns} columns";
            }

            string[] under = [
                .. from column in Enumerable.Range(x, Math.Max(w, 0))
                   from row in Enumerable.Range(y, Math.Max(h, 0))
                   where !taken.TryAdd((column, row), panel.Title)
                   select taken[(column, row)],
            ];

            foreach (var other in under.Distinct())
            {
                yield return $"{panel.Title}: lies over {other}";
            }
        }
    }

    private static int At(JsonObject place, string side) => (int?)place[side] ?? 0;
}
