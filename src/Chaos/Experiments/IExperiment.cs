namespace Causeway.Chaos.Experiments;

/// <summary>
/// A fault, and what must be seen of it. Found by what it implements: a workload's experiments are classes in a folder, and a namespace, of its name.
/// </summary>
public interface IExperiment
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>What breaks and what is expected, in a sentence.</summary>
    string Description { get; }

    /// <summary>How long it lasts unless <c>--duration</c> says otherwise.</summary>
    TimeSpan Duration { get; }

    /// <summary>Requests per second that arrive all the while.</summary>
    double Rate => 15;

    /// <summary>Alerts that must fire. Where there is none, no page may, but for slowness.</summary>
    IReadOnlyList<ExpectedAlert> Alerts { get; }

    /// <summary>Panels of dashboards on which it must show.</summary>
    IReadOnlyList<ExpectedPanel> Panels { get; }

    /// <summary>What it may cost.</summary>
    Budget Budget { get; }

    /// <summary>What values that the experiment notes may be at most, by what they are.</summary>
    IReadOnlyDictionary<string, double> Limits => new Dictionary<string, double>();

    /// <summary>Whether it is part of the short run that goes with all other tests.</summary>
    bool IsShort => false;

    /// <summary>Whether a process of ours is what breaks: then it may ask to be restarted, which helps.</summary>
    bool BreaksProcesses => false;

    /// <summary>Requests of its own; null: those of the workload.</summary>
    ITraffic? Traffic => null;

    /// <summary>Brings the platform into the state in which the fault is of interest, before any request is made.</summary>
    /// <returns>Reverts it; null: there is nothing to revert.</returns>
    Task<IAsyncDisposable?> PrepareAsync(ExperimentRun run, CancellationToken stop) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Breaks something. What goes on by itself is returned as <see cref="Ongoing"/>.</summary>
    /// <returns>Its disposal heals.</returns>
    Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop);
}

/// <summary>What a fault may cost.</summary>
/// <param name="FailedShare">Of the requests that end from its beginning until it is healed, from 0 to 1.</param>
/// <param name="Recovery">From the moment it is healed to the first of five seconds in a row in which nothing fails.</param>
/// <param name="LeastAcknowledged">Writes that must be acknowledged in the run, so that what is verified is worth something; fewer where a run is shorter than
/// the experiment's own duration.</param>
/// <param name="LeastRequests">Requests that must end while it is broken; fewer where a run is shorter.</param>
public sealed record Budget(double FailedShare, TimeSpan Recovery, int LeastAcknowledged = 150, int LeastRequests = 1);

/// <summary>An alert that must fire: one that did not fire before.</summary>
/// <param name="Window">Its label <c>window</c>; null: any. Alerts on a budget fire for several windows, and the long ones outlast a fault.</param>
public sealed record ExpectedAlert(string Name, string? Window = null)
{
    /// <summary>The pair of windows of an alert on a budget that fires first and ends first.</summary>
    public const string FastestWindow = "1h";

    /// <summary>An alert on a budget, by its fastest windows.</summary>
    public static ExpectedAlert Burn(string name) => new(name, FastestWindow);

    internal bool Matches(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault("alertname") == Name && (Window is null || labels.GetValueOrDefault("window") == Window);

    public override string ToString() => Window is null ? Name : $"{Name} ({Window})";
}

/// <summary>How a panel must change.</summary>
public enum PanelChange
{
    /// <summary>It shows failures, and shows some: none before, some now.</summary>
    Fills,

    /// <summary>Its highest value is half as high again as before, at least.</summary>
    Rises,

    /// <summary>Its lowest value is two thirds of the one before, at most; a series that ends falls to nothing.</summary>
    Falls,
}

/// <summary>A panel on which a fault must show.</summary>
/// <param name="Dashboard">Name of its file, without the ending.</param>
/// <param name="Panel">Its title.</param>
/// <param name="Only">Labels of the series that are looked at, as in <c>service_name=x</c>; empty: all.</param>
public sealed record ExpectedPanel(string Dashboard, string Panel, PanelChange Change, string Only = "")
{
    public static ExpectedPanel Fills(string dashboard, string panel) => new(dashboard, panel, PanelChange.Fills);

    public static ExpectedPanel Rises(string dashboard, string panel, string only = "") => new(dashboard, panel, PanelChange.Rises, only);

    public static ExpectedPanel Falls(string dashboard, string panel, string only = "") => new(dashboard, panel, PanelChange.Falls, only);

    public override string ToString() => $"{Dashboard}: {Panel} {Change.ToString().ToLowerInvariant()}{(Only is "" ? "" : $" ({Only})")}";
}
