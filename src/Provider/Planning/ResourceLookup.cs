using Causeway.Provider.Values;

namespace Causeway.Provider.Planning;

/// <summary>What a resource's computed values may depend on besides its own arguments.</summary>
/// <param name="Find">An attribute of the resource that goes by an id, an ARN or a name; null where there is none.</param>
/// <param name="Next">
/// A counter's next value: of an attribute of the resource itself, where it exists already; otherwise one more than the resources of its type, living and past,
/// whose attribute (second) has a value (third). Without such an attribute 1.
/// </param>
internal sealed record ResourceLookup(Func<string, string, Value> Find, Func<string, string, string, long> Next);
