using Causeway.Harness.Local;

namespace Causeway.Harness.Clusters;

/// <summary>Which cluster, and what runs in it.</summary>
/// <param name="Kubeconfig">File with the cluster's address and credentials.</param>
/// <param name="Context">One of the file's contexts; null: its current one.</param>
/// <param name="Environment">An environment of kind <c>local</c>, which is a folder of <c>terraform/envs</c>.</param>
/// <param name="Registry">Registry and path that images are pushed to; null: they are loaded into the cluster by its own tool.</param>
/// <param name="Confirmed">The user knows that the cluster's name sounds like production.</param>
/// <param name="Patience">How long a roll-out, or the end of a namespace, may take.</param>
public sealed record ClusterOptions(
    string Kubeconfig, string? Context, string Environment = Renderer.Environment, string? Registry = null, bool Confirmed = false, TimeSpan? Patience = null)
{
    /// <summary>Longer than the startup probe of a chart's pod allows, with time to pull an image.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(5);

    public TimeSpan Deadline => Patience ?? DefaultPatience;
}
