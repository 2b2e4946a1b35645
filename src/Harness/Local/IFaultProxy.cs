namespace Causeway.Harness.Local;

/// <summary>A proxy that stands between two pods and does harm.</summary>
public interface IFaultProxy : IDisposable
{
    /// <summary>The port it listens on.</summary>
    int Port { get; }

    /// <summary>How many requests it answered in the server's place.</summary>
    long Answered => 0;
}
