namespace Causeway.Harness.Helm;

/// <summary>The charts of a repository: every folder of its own that has a <c>Chart.yaml</c>.</summary>
public static class Charts
{
    private const string Own = "Chart.yaml";

    // What is rendered there on purpose is wrong on purpose.
    private const string Fixtures = "tests/";

    /// <summary>Their folders, relative to the root, in order: <c>helm/charts/workload</c>, <c>monitoring</c>.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(Repository repository, CancellationToken stop) =>
    [
        .. (await repository.FilesAsync(stop, $"*{Own}"))
            .Where(file => Path.GetFileName(file) is Own && !file.StartsWith(Fixtures, StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!),
    ];
}
