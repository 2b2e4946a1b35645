namespace Causeway.Harness.Workflows;

/// <summary>
/// A rule that workflows keep beside what actionlint checks. One rule is one class in <c>Rules/</c>, found by being there; its fixtures lie in
/// <c>tests/Fixtures/invalid/workflows/&lt;id&gt;/</c>.
/// </summary>
/// <param name="id">As messages name it: <c>GHA-1</c>.</param>
/// <param name="reason">What goes wrong without it, as one sentence.</param>
public abstract class WorkflowRule(string id, string reason)
{
    public string Id => id;

    public string Reason => reason;

    /// <summary>All of them, in order of their numbers.</summary>
    public static IReadOnlyList<WorkflowRule> All { get; } =
        [.. Discovery.InstancesOf<WorkflowRule>().OrderBy(rule => int.Parse(rule.Id.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>What a file violates, each with its line first and what to write in its place last.</summary>
    public abstract IEnumerable<string> Problems(WorkflowFile file);
}
