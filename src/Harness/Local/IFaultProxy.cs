namespace Causeway.Harness.Local;

/// <summary>A proxy that stands between two pods and does harm.</summary>
public interface IFaultProxy : IDisposable
{
    /// <summary>The port it listens on.</summary>
    int Port { get; }
}
