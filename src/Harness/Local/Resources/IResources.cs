using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Resources;

/// <summary>
/// The resources of one kind in their stand-in, made from contracts as Terraform makes them in the cloud. A kind is one class in this folder, called like
/// the kind (<c>Tables</c> for <c>tables</c>), with one constructor that takes a <see cref="StandIn"/>.
/// </summary>
public interface IResources : IDisposable
{
    /// <summary>Creates what is missing; returns how many resources it created.</summary>
    /// <param name="resources">Descriptions from contracts, by the resource's full name, <c>&lt;environment&gt;-&lt;workload&gt;-&lt;resource&gt;</c>.</param>
    /// <exception cref="PlatformException">A resource exists and cannot become what its description says.</exception>
    Task<int> EnsureAsync(IReadOnlyDictionary<string, JsonObject> resources, CancellationToken stop);

    /// <summary>Empties resources, and makes those that are missing or different as their descriptions say.</summary>
    /// <param name="resources">As for <see cref="EnsureAsync"/>.</param>
    Task ResetAsync(IReadOnlyDictionary<string, JsonObject> resources, CancellationToken stop);

    /// <summary>How much each resource holds: items, messages, rows. One that does not exist is left out.</summary>
    /// <param name="names">Full names.</param>
    Task<IReadOnlyDictionary<string, long>> InspectAsync(IEnumerable<string> names, CancellationToken stop);
}
