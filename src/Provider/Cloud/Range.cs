using System.Net;
using System.Net.Sockets;
using Causeway.Provider.ComputedValues;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>A range of addresses that a resource has.</summary>
/// <param name="Argument">That holds it.</param>
/// <param name="Owner">How messages name the resource.</param>
internal sealed record Range(IPNetwork Network, string Argument, string Owner)
{
    /// <summary>The known ranges of a resource; texts that are not networks are left to the formats.</summary>
    public static IEnumerable<Range> Of(NetworkTraits network, string type, string? id, Value values)
    {
        var name = values["tags"]["Name"].AsText is { } tag ? $" \"{tag}\"" : "";
        var owner = $"{type}{name}{(id is null ? "" : $" ({id})")}";

        return network.Ranges.Where(argument => values[argument].AsText is not null)
            .SelectMany(argument => IPNetwork.TryParse(values[argument].AsText, out var range) ? (Range[])[new Range(range, argument, owner)] : []);
    }

    public bool IsIn(Range other) => Network.PrefixLength >= other.Network.PrefixLength && other.Network.Contains(Network.BaseAddress);

    public bool Overlaps(Range other) => Network.Contains(other.Network.BaseAddress) || other.Network.Contains(Network.BaseAddress);

    public bool IsSameFamily(Range other) => Network.BaseAddress.AddressFamily == other.Network.BaseAddress.AddressFamily;

    /// <exception cref="RefusalException">It lies outside all of <paramref name="space"/>.</exception>
    public void MustLieIn(IReadOnlyCollection<Range> space, string network)
    {
        Range[] alike = [.. space.Where(IsSameFamily)];

        // A network's IPv6 range may be one that only the cloud knows.
        if (alike is [_, ..] && !alike.Any(IsIn))
        {
            throw new RefusalException(
                $"{Network} lies outside {network}",
                $"The {(Network.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? "IPv4" : "IPv6")} ranges of {network} are " +
                $"{string.Join(", ", alike.Select(range => range.ToString()))}. Choose a range within one of them. If a further range is added in the same " +
                "run, refer to the resource that adds it, so that it is made first.",
                [Argument]);
        }
    }

    /// <exception cref="RefusalException">It shares addresses with one of <paramref name="others"/>.</exception>
    public void MustBeApartFrom(IEnumerable<Range> others)
    {
        if (others.FirstOrDefault(Overlaps) is { } taken)
        {
            throw new RefusalException(
                $"{Network} overlaps {taken.Network}",
                $"{taken} lies in the same network, and AWS gives no address out twice. Choose a range that is free.",
                [Argument]);
        }
    }

    public override string ToString() => $"{Network} of {Owner}";
}
