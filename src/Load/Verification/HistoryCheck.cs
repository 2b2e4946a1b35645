namespace Causeway.Load.Verification;

/// <summary>Something that a store holds after a run.</summary>
/// <param name="Key">The write that it came of; null: none that is known.</param>
public sealed record StoredItem(string? Key, string Id);

/// <summary>What acknowledgements promised, held against what is stored.</summary>
/// <param name="Acknowledged">Writes that were acknowledged.</param>
/// <param name="Found">Those of them that are stored under the id they were acknowledged with.</param>
/// <param name="Lost">Those that are not.</param>
/// <param name="Duplicate">Writes that became more than one item, or that were acknowledged with more than one id.</param>
/// <param name="Unexpected">Items of no write that was made, or of one that was refused.</param>
/// <param name="Unknown">Writes of which the client knows nothing certain.</param>
/// <param name="UnknownStored">Those of them that are stored.</param>
/// <param name="Refused">Writes that were refused and never acknowledged.</param>
/// <param name="Examples">Some of what is wrong, for the reader.</param>
public sealed record HistoryCheck(
    int Acknowledged, int Found, int Lost, int Duplicate, int Unexpected, int Unknown, int UnknownStored, int Refused, IReadOnlyList<string> Examples)
{
    private const int MostExamples = 10;

    /// <summary>Nothing is lost, double or unexpected, and something was acknowledged: of nothing, nothing is shown.</summary>
    public bool Passed => Lost + Duplicate + Unexpected is 0 && Acknowledged > 0 && Found == Acknowledged;

    /// <summary>Compares the two.</summary>
    public static HistoryCheck Of(IEnumerable<HistoryEntry> history, IEnumerable<StoredItem> stored)
    {
        var items = stored.ToArray();
        var byKey = items.Where(item => item.Key is not null).ToLookup(item => item.Key!, item => item.Id);
        var writes = history.GroupBy(entry => entry.Key).Select(entries => Write.Of(entries.Key, [.. entries])).ToDictionary(write => write.Key);
        Write[] acknowledged = [.. writes.Values.Where(write => write.Knowledge is Knowledge.Acknowledged)];
        Write[] unknown = [.. writes.Values.Where(write => write.Knowledge is Knowledge.Unknown)];
        Write[] lost = [.. acknowledged.Where(write => !write.Ids.Any(byKey[write.Key].Contains))];
        Write[] duplicate = [.. writes.Values.Where(write => write.Ids.Count > 1 || byKey[write.Key].Distinct().Skip(1).Any())];
        var shared = acknowledged.SelectMany(write => write.Ids).GroupBy(id => id).Where(id => id.Skip(1).Any()).Select(id => id.Key).ToArray();
        StoredItem[] unexpected =
        [
            .. items.Where(item => item.Key is null || !writes.TryGetValue(item.Key, out var write) || write.Knowledge is Knowledge.Refused),
        ];

        return new HistoryCheck(
            acknowledged.Length,
            acknowledged.Length - lost.Length,
            lost.Length,
            duplicate.Length + shared.Length,
            unexpected.Length,
            unknown.Length,
            unknown.Count(write => byKey[write.Key].Any()),
            writes.Values.Count(write => write.Knowledge is Knowledge.Refused),
            [
                .. lost.Take(MostExamples).Select(write => $"lost: {write.Key}, acknowledged as {string.Join(", ", write.Ids)}"),
                .. duplicate.Take(MostExamples).Select(write =>
                    $"duplicate: {write.Key}, acknowledged as {string.Join(", ", write.Ids)}, stored as {string.Join(", ", byKey[write.Key])}"),
                .. shared.Take(MostExamples).Select(id => $"duplicate: {id} acknowledges more than one write"),
                .. unexpected.Take(MostExamples).Select(item => $"unexpected: {item.Id} of {item.Key ?? "no write"}"),
            ]);
    }

    /// <summary>All that is known of one write after all tries.</summary>
    private sealed record Write(string Key, Knowledge Knowledge, IReadOnlyList<string> Ids)
    {
        public static Write Of(string key, HistoryEntry[] entries)
        {
            string[] ids = [.. entries.Select(entry => entry.Id).OfType<string>().Distinct()];

            return new Write(
                key,
                ids is not [] ? Knowledge.Acknowledged
                    : entries.Any(entry => entry.Knowledge is Knowledge.Unknown) ? Knowledge.Unknown
                    : Knowledge.Refused,
                ids);
        }
    }
}

/// <summary>Something that must be so after a run, besides the history.</summary>
public sealed record Invariant(string Name, string Expected, string Found)
{
    public bool Holds => Expected == Found;
}

/// <summary>What a scenario verified after its load.</summary>
public sealed record VerificationResult(HistoryCheck History, IReadOnlyList<Invariant> Invariants)
{
    public bool Passed => History.Passed && Invariants.All(invariant => invariant.Holds);

    /// <summary>Both together. Where one acknowledged nothing, both show too little.</summary>
    public VerificationResult With(VerificationResult other) => new(
        new HistoryCheck(
            History.Acknowledged is 0 || other.History.Acknowledged is 0 ? 0 : History.Acknowledged + other.History.Acknowledged,
            History.Found + other.History.Found,
            History.Lost + other.History.Lost,
            History.Duplicate + other.History.Duplicate,
            History.Unexpected + other.History.Unexpected,
            History.Unknown + other.History.Unknown,
            History.UnknownStored + other.History.UnknownStored,
            History.Refused + other.History.Refused,
            [.. History.Examples, .. other.History.Examples]),
        [.. Invariants, .. other.Invariants]);
}
