using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// The order in which a provider built on Terraform's older SDK sees the members of a set: by the decimal digits of their checksum.
/// It shows wherever a set becomes a list, as in policy documents. Source: helper/schema/serialize.go and set.go of hashicorp/terraform-plugin-sdk.
/// </summary>
internal static class SetOrder
{
    public static IReadOnlyList<string> OfTexts(Value set) => [.. Sort(set.Items.Select(item => item.AsText ?? ""), text => text + ";")];

    /// <summary>Objects whose members are strings, or lists or sets of strings.</summary>
    /// <param name="sets">The names of the members that are sets.</param>
    public static IReadOnlyList<Value> OfObjects(Value set, params string[] sets) => [.. Sort(set.Items, item => Serialize(item, sets))];

    private static string Serialize(Value item, string[] sets) => item is not Value.Mapping mapping
        ? ""
        : string.Concat(mapping.Members.Select(member => $"{member.Key}:{(member.Value, sets.Contains(member.Key)) switch
        {
            (Value.NullValue, _) => "",
            (Value.Sequence set, true) => $"{{{string.Concat(OfTexts(set).Select(text => text + ";"))}}}",
            (Value.Sequence list, false) => $"({string.Concat(list.Items.Select(text => text.AsText + ";"))})",
            var (text, _) => text.AsText,
        }};"));

    private static IEnumerable<T> Sort<T>(IEnumerable<T> items, Func<T, string> serialize) =>
        items.OrderBy(item => Derived.Checksum(serialize(item)).ToString(), StringComparer.Ordinal);
}
