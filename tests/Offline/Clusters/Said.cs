using System.Collections.Concurrent;
using Causeway.Harness;

namespace Causeway.Offline.Clusters;

/// <summary>Keeps what steps say at once, and what they would say in detail.</summary>
internal sealed class Said : ISteps
{
    public ConcurrentQueue<string> Notices { get; } = new();

    public ConcurrentQueue<string> Details { get; } = new();

    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work) => await work(_ => { });

    public void Detail(string line) => Details.Enqueue(line);

    public void Notice(string line) => Notices.Enqueue(line);
}
