using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Monitoring;

/// <summary>
/// The cases of a platform's alert, which promtool runs: in one it fires, and did not an evaluation before; in one it is silent, on the same metrics and
/// for as long.
/// </summary>
public static partial class AlertCases
{
    public const string Folder = "monitoring/tests";

    /// <summary>Where the cases of an alert are, relative to the repository.</summary>
    public static string FileOf(string alert) => $"{Folder}/{alert}.yaml";

    /// <summary>What an alert's cases lack; null: nothing. Whether they pass is promtool's to say.</summary>
    /// <param name="file">Null: there are none.</param>
    public static string? ProblemOf(string alert, JsonObject? file)
    {
        if (file is null)
        {
            return $"it has no cases; write {FileOf(alert)}";
        }

        var step = Seconds((string)file["evaluation_interval"]!);
        Case[] cases = [.. file["tests"]!.AsArray().Select(one => new Case(alert, one!.AsObject()))];
        Case[] firing = [.. cases.Where(one => one.Name.StartsWith("fires ", StringComparison.Ordinal))];
        Case[] silent = [.. cases.Where(one => one.Name.StartsWith("silent ", StringComparison.Ordinal))];

        if (cases.Except(firing).Except(silent).FirstOrDefault() is { } other)
        {
            return $"the name of its case “{other.Name}” begins neither with fires nor with silent";
        }

        var problems = firing.Select(one => one.FiringProblem(step)).Concat(silent.Select(one => one.SilentProblem(firing)));

        return firing is [] ? "no case of it is called “fires …”"
            : silent is [] ? "no case of it is called “silent …”"
            : problems.FirstOrDefault(problem => problem is not null);
    }

    /// <summary>
    /// Whether a rule's alert is seen to fire and to be silent: by cases of its own, or by series that are made for every alert of its form, on budgets that
    /// burn and on what is not heard of any more (tests/Offline/Monitoring).
    /// </summary>
    public static bool AreOf(Repository repository, JsonObject rule)
    {
        var file = repository.PathTo(FileOf((string)rule["alert"]!).Split('/'));

        return File.Exists(file)
            ? ProblemOf((string)rule["alert"]!, Yaml.LoadFile(file)) is null
            : MadeFor().IsMatch((string)rule["expr"]!);
    }

    /// <summary>An expression without what is quoted in it.</summary>
    public static string WithoutText(string expression) => Text().Replace(expression, "\"\"");

    [GeneratedRegex(@"^(absent(_over_time)?\(|slo:error_ratio:rate)")]
    private static partial Regex MadeFor();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|`[^`]*`")]
    private static partial Regex Text();

    // As Prometheus writes durations: 1h2m30s.
    private static int Seconds(string duration) =>
        Parts().Matches(duration).Sum(
            part => int.Parse(part.Groups["count"].Value) * part.Groups["unit"].Value switch { "h" => 3600, "m" => 60, _ => 1 });

    [GeneratedRegex("(?<count>[0-9]+)(?<unit>[hms])")]
    private static partial Regex Parts();

    private sealed record Case(string Alert, JsonObject Test)
    {
        public string Name => (string?)Test["name"] ?? "";

        // When it is looked at, and whether it fires then.
        private (int At, bool Fires)[] Moments =>
        [
            .. from one in Test["alert_rule_test"]?.AsArray() ?? []
               where (string)one!["alertname"]! == Alert
               orderby Seconds((string)one["eval_time"]!)
               select (Seconds((string)one["eval_time"]!), one["exp_alerts"]?.AsArray() is { Count: > 0 })
        ];

        private HashSet<string> Metrics => [.. Test["input_series"]!.AsArray().Select(series => ((string)series!["series"]!).Split('{')[0])];

        private int FirstFiring => Moments.First(moment => moment.Fires).At;

        public string? FiringProblem(int step) =>
            !Moments.Any(moment => moment.Fires) ? $"it is not expected to fire in “{Name}”"
            : !Moments.Any(moment => !moment.Fires && moment.At == FirstFiring - step) ? $"“{Name}” does not look at it {step} s before it fires"
            : null;

        public string? SilentProblem(IReadOnlyList<Case> firing) =>
            Moments is [] ? $"it is not looked at in “{Name}”"
            : Moments.Any(moment => moment.Fires) ? $"it is expected to fire in “{Name}”"
            : !firing.Any(one => one.Metrics.IsSubsetOf(Metrics)) ? $"“{Name}” lacks series of a metric that it fires on, so that it is silent about nothing"
            : Moments[^1].At < firing.Min(one => one.FirstFiring) ? $"“{Name}” ends before it would have fired"
            : null;
    }
}
