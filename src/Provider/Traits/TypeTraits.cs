using Causeway.Provider.Rules;
using Causeway.Provider.Values;

namespace Causeway.Provider.Traits;

/// <summary>
/// What a schema does not tell about a resource type, from the reviewed files in the folders beside this one (README.md there describes them).
/// A type without an entry has none of these traits. Paths name attributes with dots through blocks and lists.
/// </summary>
/// <param name="Id">Template of <c>id</c>, see <see cref="Planning.Believable"/>.</param>
/// <param name="Arn">Template of <c>arn</c>.</param>
/// <param name="Values">Templates or values of other attributes that the cloud sets, by path.</param>
/// <param name="ValuesWhen">Further values, by the argument that must be set (and not false or empty) for them to hold.</param>
/// <param name="Defaults">What the provider plans where the configuration is silent, by path.</param>
/// <param name="Replace">Paths whose change makes a new resource.</param>
/// <param name="OnUpdate">Attributes that get a new value whenever another changes.</param>
/// <param name="Sensitive">Attributes whose values are secret.</param>
/// <param name="Unique">Arguments no two resources of the type may share in one account and region.</param>
/// <param name="Exists">Arguments that must name a resource of the type given.</param>
/// <param name="Formats">What an argument's text must look like, by path: <c>cidr</c>, <c>cidr-network</c>, <c>ipv6-cidr</c>, <c>json</c>, <c>arn</c>.</param>
/// <param name="DefaultOf">For a resource that comes with another and is only adopted: that other one's attribute is its <c>id</c>.</param>
internal sealed record TypeTraits(
    string? Id,
    string? Arn,
    IReadOnlyDictionary<string, Value> Values,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, Value>> ValuesWhen,
    IReadOnlyDictionary<string, Value> Defaults,
    IReadOnlyList<string> Replace,
    IReadOnlyList<string> OnUpdate,
    IReadOnlyList<string> Sensitive,
    IReadOnlyList<string> Unique,
    IReadOnlyDictionary<string, string> Exists,
    IReadOnlyDictionary<string, string> Formats,
    Adoption? DefaultOf)
{
    /// <summary>What the documentation states about arguments and between them.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>What must hold of a resource before it can be deleted.</summary>
    public IReadOnlyList<Rule> DeletionRules { get; init; } = [];

    /// <summary>Arguments that keep the resource they name from being deleted, each with that resource's type.</summary>
    public IReadOnlyDictionary<string, string> BlocksDeletion { get; init; } = NoTexts;

    /// <summary>The argument with which this resource is deleted although others need it; null where there is none.</summary>
    public string? Force { get; init; }

    /// <summary>What an argument takes, by path, where its name does not tell it: see <see cref="Shapes"/>.</summary>
    public IReadOnlyDictionary<string, string> Takes { get; init; } = NoTexts;

    /// <summary>Arguments of the data source of the same type that ask for an attribute of another name.</summary>
    public IReadOnlyDictionary<string, string> AsksFor { get; init; } = NoTexts;

    /// <summary>Its place among networks; null where it has none.</summary>
    public NetworkTraits? Network { get; init; }

    private static readonly Dictionary<string, Value> Nothing = [];
    private static readonly Dictionary<string, string> NoTexts = [];

    public static readonly TypeTraits None = new(
        null, null, Nothing, new Dictionary<string, IReadOnlyDictionary<string, Value>>(), Nothing, [], [], [], [], NoTexts, NoTexts, null);
}

/// <summary>A resource that is a range of addresses, or adds one to another.</summary>
/// <param name="Ranges">The arguments that hold its ranges, in CIDR notation.</param>
/// <param name="Within">The argument that names the network it belongs to; null for a network of its own.</param>
/// <param name="Extends">Whether its ranges become the network's, rather than lie in the network's.</param>
/// <param name="Apart">Two arguments that name networks which must not overlap; empty for all but a connection between networks.</param>
internal sealed record NetworkTraits(IReadOnlyList<string> Ranges, string? Within, bool Extends, IReadOnlyList<string> Apart);

/// <summary>
/// The resource of type <paramref name="Type"/> whose id the argument <paramref name="By"/> holds has the id in its <paramref name="Attribute"/>.
/// </summary>
internal sealed record Adoption(string Type, string By, string Attribute);
