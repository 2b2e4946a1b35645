using Causeway.Harness.Workflows;

namespace Causeway.Offline.Workflows;

/// <summary>
/// A workflow or composite action out of tests/Fixtures: one that must pass, or one with a single fault, whose first line says what must be found.
/// </summary>
internal sealed record WorkflowFixture(string Folder, string Name, string Text)
{
    private const string Expects = "# expected: ";

    /// <summary>The rule that must find the fault: the folder's name.</summary>
    public string Id => Folder;

    /// <summary>How the problem begins that must be found.</summary>
    public string Expected => Text.Split('\n')[0] is var first && first.StartsWith(Expects, StringComparison.Ordinal)
        ? first[Expects.Length..]
        : throw new InvalidDataException($"{Name}: the first line should be “{Expects}…”, what is found.");

    public WorkflowFile File => new(Name, Text);

    public static IReadOnlyList<WorkflowFixture> Valid(Workbench workbench) => In(Path.Combine(workbench.Fixtures, "valid", "workflows"));

    public static IReadOnlyList<WorkflowFixture> Invalid(Workbench workbench) => In(Path.Combine(workbench.Fixtures, "invalid", "workflows"));

    private static WorkflowFixture[] In(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new WorkflowFixture(
                Path.GetFileName(Path.GetDirectoryName(file))!, Path.GetRelativePath(root, file), System.IO.File.ReadAllText(file))),
    ];
}
