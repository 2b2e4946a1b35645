using System.Net;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// Whether ranges of addresses lie in the network they belong to, and apart from each other. Works on what exists; <see cref="PlannedNetworks"/> does the same
/// with a plan.
/// </summary>
internal sealed class Networks(IReadOnlyCollection<CloudResource> resources, TraitsTable table, ProviderContext context)
{
    /// <exception cref="RefusalException">A range lies outside its network, or on one that is taken.</exception>
    public void Check(CloudResource resource, TypeTraits traits)
    {
        if (traits.Network is not { } network)
        {
            return;
        }

        CloudResource[] all = [
            .. resources.Where(other => other.Key != resource.Key), .. DefaultNetwork.Of(context.Account, resource.Region, context.Partition)
        ];

        if (network.Apart is [_, ..])
        {
            Apart(resource, network, all);
        }

        if (network.Within is not { } within || resource.Values[within].AsText is not { } id)
        {
            return;
        }

        var own = all.FirstOrDefault(other => other.Id == id);
        CloudResource[] members = [.. all.Where(other => table.Of(other.Type).Network is { Within: { } argument } && other.Values[argument].AsText == id)];
        Range[] extensions = [.. members.Where(other => table.Of(other.Type).Network!.Extends).SelectMany(Ranges)];
        Range[] space = [.. own is null ? [] : Ranges(own), .. extensions];
        Range[] neighbours = network.Extends ? space : [.. members.Where(other => other.Type == resource.Type).SelectMany(Ranges)];

        foreach (var range in Ranges(resource))
        {
            if (!network.Extends && own is not null)
            {
                range.MustLieIn(space, id);
            }

            range.MustBeApartFrom(neighbours);
        }
    }

    private IEnumerable<Range> Ranges(CloudResource resource) =>
        table.Of(resource.Type).Network is { } network ? Range.Of(network, resource.Type, resource.Id, resource.Values) : [];

    private void Apart(CloudResource resource, NetworkTraits network, IReadOnlyCollection<CloudResource> all)
    {
        Range[][] sides = [.. network.Apart.Select(argument => all.Where(other => other.Id == resource.Values[argument].AsText).SelectMany(Ranges).ToArray())];

        if (sides is [var here, var there]
            && here.SelectMany(one => there.Where(one.Overlaps).Select(other => (one, other))).FirstOrDefault() is { one: not null } clash)
        {
            throw new RefusalException(
                $"{network.Apart[0]} and {network.Apart[1]} overlap",
                $"{clash.one} and {clash.other} share addresses: AWS makes no {resource.Type} between them. Give one of them another range.",
                [network.Apart[1]]);
        }
    }
}
