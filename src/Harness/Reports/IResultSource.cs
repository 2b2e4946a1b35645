namespace Causeway.Harness.Reports;

/// <summary>
/// A verb whose last results are part of the report. One source is one class in <c>Sources/</c>, found by being there; a new kind of result is a new file.
/// </summary>
public interface IResultSource
{
    /// <summary>What the report calls it, such as <c>load</c>.</summary>
    string Name { get; }

    /// <summary>The command that makes its results.</summary>
    string Command { get; }

    /// <summary>Whether a complete report has it. A source that is not required counts only where it has results.</summary>
    bool IsRequired { get; }

    /// <summary>The last results, in the order in which they are shown; empty: there are none. A file that cannot be read is a result that says so.</summary>
    /// <param name="artifacts">The folder that verbs leave their results in.</param>
    IReadOnlyList<RunResult> Read(string artifacts);
}
