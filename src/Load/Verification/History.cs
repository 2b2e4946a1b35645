using System.Collections.Concurrent;

namespace Causeway.Load.Verification;

/// <summary>What a client knows of a write once it is over.</summary>
public enum Knowledge
{
    /// <summary>It was told that the write is done.</summary>
    Acknowledged,

    /// <summary>It was told that nothing was done, and nothing will be.</summary>
    Refused,

    /// <summary>It was told nothing certain: a time-out, a broken connection, a server's error.</summary>
    Unknown,
}

/// <summary>One write as a client saw it.</summary>
/// <param name="Key">What makes it one write however often it is tried.</param>
/// <param name="Id">What was made of it, if it is acknowledged.</param>
public sealed record HistoryEntry(string Key, Knowledge Knowledge, string? Id = null);

/// <summary>What was written down of a run while it went on. Safe to use from many threads.</summary>
public sealed class History
{
    private readonly ConcurrentQueue<HistoryEntry> entries = [];

    public IReadOnlyCollection<HistoryEntry> Entries => entries;

    public void Acknowledged(string key, string id) => entries.Enqueue(new(key, Knowledge.Acknowledged, id));

    public void Refused(string key) => entries.Enqueue(new(key, Knowledge.Refused));

    public void Unknown(string key) => entries.Enqueue(new(key, Knowledge.Unknown));
}
