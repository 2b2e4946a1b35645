using System.Security.Cryptography;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Generated;

/// <summary><c>null_resource</c> and <c>null_data_source</c>.</summary>
internal static class NullValues
{
    public static Value Resource(Value planned, ProviderContext context) =>
        Value.Object(("id", Value.Of((BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue).ToString())));

    /// <summary><c>random</c> is none here: the real one differs with each read, and would never leave a second plan empty.</summary>
    public static Value Data(Value config, ProviderContext context) => Value.Object(
        ("id", Value.Of("static")),
        ("has_computed_default", config["has_computed_default"].IsNull ? Value.Of("default") : config["has_computed_default"]),
        ("outputs", config["inputs"]),
        ("random", Value.Of((BitConverter.ToInt64(Derived.Bytes("null", config["inputs"].Canonical())) & long.MaxValue).ToString())));
}
