using System.Collections.Concurrent;

namespace Causeway.Harness.Checks;

/// <summary>What a gate has to look at, and what it found. Nothing passes that was not looked at.</summary>
public sealed class Tally
{
    private readonly ConcurrentDictionary<string, byte> expected = [];
    private readonly ConcurrentDictionary<string, string?> results = [];
    private readonly ConcurrentDictionary<string, string> skipped = [];
    private readonly ConcurrentDictionary<string, byte> unchanged = [];

    /// <summary>Says what is to be looked at, before it is.</summary>
    public void Expect(params IEnumerable<string> items) => items.ToList().ForEach(item => expected[item] = 0);

    /// <summary>Something was looked at.</summary>
    /// <param name="problem">What is wrong with it; null: it is as it should be.</param>
    public void Record(string item, string? problem) =>
        results.AddOrUpdate(item, problem, (_, before) => before is null || problem is null ? before ?? problem : $"{before}\n{problem}");

    /// <summary>Items passed before, and nothing that decides about them has changed: see <see cref="PassedBefore"/>.</summary>
    public void Unchanged(IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            Record(item, null);
            unchanged[item] = 0;
        }
    }

    /// <summary>Something cannot be looked at here.</summary>
    /// <param name="reason">Why, for the reader of the summary.</param>
    public void Skip(string item, string reason) => skipped[item] = reason;

    /// <summary>How it went. Fails where there was nothing to look at, and where an item was left out or came out of nowhere.</summary>
    public GateReport Close(string gate, TimeSpan elapsed)
    {
        List<ItemProblem> problems = [.. results.Where(result => result.Value is not null).Select(result => new ItemProblem(result.Key, result.Value!))];
        problems.AddRange(expected.Keys.Except(results.Keys).Except(skipped.Keys).Select(item => new ItemProblem(item, "was never looked at")));
        problems.AddRange(results.Keys.Concat(skipped.Keys).Except(expected.Keys).Select(item => new ItemProblem(item, "was looked at and not expected")));

        if (results.IsEmpty)
        {
            problems.Add(new(gate, expected.IsEmpty ? "there was nothing to look at" : "nothing was looked at"));
        }

        return new(
            gate,
            expected.Count,
            [.. results.Keys.Order(StringComparer.Ordinal)],
            [.. skipped.Select(pair => new ItemProblem(pair.Key, pair.Value)).OrderBy(item => item.Item, StringComparer.Ordinal)],
            [.. problems.OrderBy(problem => problem.Item, StringComparer.Ordinal)],
            elapsed,
            [.. unchanged.Keys.Order(StringComparer.Ordinal)]);
    }
}
