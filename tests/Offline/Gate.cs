using System.Collections.Concurrent;

namespace Causeway.Offline;

/// <summary>
/// A check over many items that cannot pass without looking: it fails where nothing was expected, where an expected item was not
/// checked, and where an item was checked that was not expected.
/// </summary>
internal sealed class Gate(string name, IEnumerable<string> expected)
{
    private readonly HashSet<string> expected = [.. expected];
    private readonly ConcurrentDictionary<string, string?> results = [];

    public void Pass(string item) => results[item] = null;

    public void Fail(string item, string problem) => results[item] = problem;

    /// <summary>Fails the item with <paramref name="problem"/>, or passes it where that is null.</summary>
    public void Record(string item, string? problem) => results[item] = problem;

    /// <summary>Prints the counts and fails the test unless every expected item passed, and no other was checked.</summary>
    public void Close()
    {
        string[] skipped = [.. expected.Except(results.Keys).Order(StringComparer.Ordinal)];
        string[] unexpected = [.. results.Keys.Except(expected).Order(StringComparer.Ordinal)];
        string[] failures = [
            .. results.Where(result => result.Value is not null).Select(result => $"{result.Key}: {result.Value}").Order(StringComparer.Ordinal)
        ];
        var counts = $"{name}: {expected.Count} expected, {results.Count} checked, {skipped.Length} skipped, {failures.Length} failed";
        TestContext.Current.TestOutputHelper?.WriteLine(counts);

        Assert.True(expected.Count > 0, $"{name}: there is nothing to check.");
        Assert.True(
            skipped is [] && unexpected is [] && failures is [],
            string.Join('\n', [
                counts,
                .. failures.Select(failure => $"  failed: {failure}"),
                .. skipped.Select(item => $"  never checked: {item}"),
                .. unexpected.Select(item => $"  checked, and not expected: {item}")]));
    }
}
