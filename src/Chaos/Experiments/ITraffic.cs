using Causeway.Harness.Local;
using Causeway.Load.Models;
using Causeway.Load.Verification;

namespace Causeway.Chaos.Experiments;

/// <summary>
/// The requests that go to a workload while something is broken. A workload has one, a class in the folder and the namespace of its name; an experiment may
/// have its own.
/// </summary>
public interface ITraffic
{
    /// <summary>Makes what requests need.</summary>
    /// <param name="seed">Of everything random.</param>
    Task<ITrafficRun> OpenAsync(LocalPlatform platform, int seed, CancellationToken stop);
}

/// <summary>The requests of one run, and what is known of them.</summary>
public interface ITrafficRun : IDisposable
{
    /// <summary>Makes one request; its number tells it from all others of the run.</summary>
    /// <param name="phase">Keeps the numbers of several loads of the run apart.</param>
    Operation Request(string phase);

    /// <summary>Writes that were acknowledged so far.</summary>
    int Acknowledged { get; }

    /// <summary>Waits until the workload has finished what was left unfinished, and compares what was acknowledged with what is stored.</summary>
    Task<VerificationResult> VerifyAsync(CancellationToken stop);
}
