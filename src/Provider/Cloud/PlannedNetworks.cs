using Causeway.Provider.ComputedValues;
using Causeway.Provider.Traits;
using Causeway.Provider.Values;

namespace Causeway.Provider.Cloud;

/// <summary>
/// The ranges of addresses that one Terraform run plans, as they come by one at a time: those that must clash whatever the apply brings are refused at once.
/// The ids of new networks
/// are not known yet, so a range may belong to any of them; it is refused only where each possibility is wrong. What exists and is not part of the plan is left
/// to the apply: it may go.
/// </summary>
internal sealed class PlannedNetworks(TraitsTable table)
{
    private readonly Lock gate = new();
    private readonly List<Planned> all = [];

    /// <param name="key">Of the resource as it is; empty for a new one.</param>
    /// <param name="isReplaced">Whether Terraform will ask again, for the resource that takes its place.</param>
    /// <param name="existing">What exists, for networks that are not part of the plan.</param>
    /// <exception cref="RefusalException">A range lies outside its network, or on another that is planned.</exception>
    public void Add(
        string type, string key, bool isReplaced, Value config, Value planned, Func<IReadOnlyCollection<CloudResource>> existing, ProviderContext context)
    {
        if (table.Of(type).Network is not { } network || network.Apart is [_, ..])
        {
            return;
        }

        lock (gate)
        {
            // A forced replacement is planned twice, as a change and as a new resource, with the same configuration.
            all.RemoveAll(other => other.Type == type && (key is "" ? other.Key is not "" && other.Config == config : other.Key == key));

            if (isReplaced)
            {
                return;
            }

            var own = new Planned(type, key, config, planned, network, planned["region"].AsText ?? context.Region);

            if (network.Within is { } within)
            {
                Check(own, planned[within], existing, context);
            }

            all.Add(own);
        }
    }

    /// <summary>A resource that will be deleted.</summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            all.RemoveAll(other => other.Key == key && key is not "");
        }
    }

    private void Check(Planned own, Value within, Func<IReadOnlyCollection<CloudResource>> existing, ProviderContext context)
    {
        // The same network where both name it; otherwise it depends on which there are.
        Planned[] members = [.. all.Where(other => other.Network.Within is not null && other.Region == own.Region)];
        Planned[] news = [.. all.Where(other => other.Network.Within is null && other.Region == own.Region && other.Id is null)];

        if (within.AsText is { } id)
        {
            Planned[] same = [.. members.Where(other => other.Belongs.AsText == id)];
            Candidate? network = all.FirstOrDefault(other => other.Network.Within is null && other.Id == id) is { } planned ? Of(planned)
                : Existing(existing, own.Region, context).FirstOrDefault(candidate => candidate.Name == id);

            if (network is not null && !own.Network.Extends && !network.IsOpen)
            {
                Range[] space = [.. network.Ranges, .. Extensions(same), .. ExtensionsOf(existing, id)];

                foreach (var range in own.Ranges)
                {
                    range.MustLieIn(space, id);
                }
            }

            Apart(own, same);

            return;
        }

        // With a network that is not known here at all, nothing can be said.
        if (own.Network.Extends || news is [])
        {
            return;
        }

        Candidate[] candidates = [
            .. news.Select(Of), .. all.Where(other => other.Network.Within is null && other.Region == own.Region && other.Id is not null).Select(Of),
            .. Existing(existing, own.Region, context)
        ];
        Range[] floating = [.. Extensions(members.Where(other => other.Belongs.IsUnknown))];

        foreach (var range in own.Ranges)
        {
            Candidate[] possible = Possible(range, candidates, floating);

            if (possible is [])
            {
                range.MustLieIn([.. news.SelectMany(other => other.Ranges), .. floating], news is [var only] ? only.Owner : "every network of this plan");
            }

            if (possible is [{ IsOpen: false } certain])
            {
                range.MustBeApartFrom(members.Where(other => other.Type == own.Type && other.Belongs.IsUnknown).SelectMany(other => other.Ranges)
                    .Where(other => Possible(other, candidates, floating) is [var single] && single == certain));
            }
        }
    }

    private static void Apart(Planned own, IEnumerable<Planned> same)
    {
        foreach (var range in own.Ranges)
        {
            range.MustBeApartFrom(same.Where(other => other.Type == own.Type).SelectMany(other => other.Ranges));
        }
    }

    private static Candidate[] Possible(Range range, Candidate[] candidates, Range[] floating) =>
        floating.Any(range.IsIn)
            ? candidates
            : [.. candidates.Where(candidate => candidate.IsOpen || candidate.Ranges.Any(range.IsIn) || !candidate.Ranges.Any(range.IsSameFamily))];

    private static IEnumerable<Range> Extensions(IEnumerable<Planned> members) =>
        members.Where(other => other.Network.Extends).SelectMany(other => other.Ranges);

    private IEnumerable<Range> ExtensionsOf(Func<IReadOnlyCollection<CloudResource>> existing, string id) => existing()
        .Where(other => table.Of(other.Type).Network is { Extends: true, Within: { } argument } && other.Values[argument].AsText == id)
        .SelectMany(other => Range.Of(table.Of(other.Type).Network!, other.Type, other.Id, other.Values));

    private IEnumerable<Candidate> Existing(Func<IReadOnlyCollection<CloudResource>> existing, string region, ProviderContext context) => existing()
        .Where(other => other.Account == context.Account && other.Region == region && table.Of(other.Type).Network is { Within: null, Apart: [] })
        .Concat(DefaultNetwork.Of(context.Account, region, context.Partition).Where(other => table.Of(other.Type).Network is { Within: null, Apart: [] }))
        .Select(other => new Candidate(
            other.Id!,
            [.. Range.Of(table.Of(other.Type).Network!, other.Type, other.Id, other.Values), .. ExtensionsOf(existing, other.Id!)],
            false));

    // Whose range only the cloud knows may hold any.
    private static Candidate Of(Planned network) => new(
        network.Id ?? network.Owner + network.Config.Canonical(),
        network.Ranges,
        network.Network.Ranges.Take(1).Any(argument => network.Values[argument].IsUnknown));

    // A network that a range may belong to.
    private sealed record Candidate(string Name, IReadOnlyList<Range> Ranges, bool IsOpen)
    {
        public bool Equals(Candidate? other) => other is not null && other.Name == Name;

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }

    private sealed record Planned(string Type, string Key, Value Config, Value Values, NetworkTraits Network, string Region)
    {
        public string? Id { get; } = Values["id"].AsText;

        public Value Belongs { get; } = Network.Within is { } within ? Values[within] : Value.Null;

        public IReadOnlyList<Range> Ranges { get; } = [.. Range.Of(Network, Type, Values["id"].AsText, Values)];

        public string Owner => Ranges is [var first, ..] ? first.Owner : Type;
    }
}
