using Causeway.Provider.Serving.Protocol;
using ValueType = Causeway.Provider.Values.ValueType;

namespace Causeway.Provider.Serving;

/// <summary>Paths to attributes as the plugin protocol sends them.</summary>
internal static class AttributePaths
{
    /// <summary>
    /// Goes along <paramref name="type"/>, which says what each step is; ends early where Terraform has no address: an element of a set has none.
    /// </summary>
    /// <param name="steps">A string is an attribute or a key, a number an index.</param>
    /// <returns>Null where nothing is left: then it is about the whole.</returns>
    public static AttributePath? ToWire(this IReadOnlyList<object> steps, ValueType? type)
    {
        var path = new AttributePath();

        foreach (var step in steps)
        {
            var (wire, inside) = (type?.Kind, step) switch
            {
                ("object", string name) when type!.Attributes.TryGetValue(name, out var attribute) =>
                    (new AttributePath.Types.Step { AttributeName = name }, attribute),
                ("map", string key) => (new AttributePath.Types.Step { ElementKeyString = key }, type!.Element),
                ("list", int or long) => (new AttributePath.Types.Step { ElementKeyInt = Convert.ToInt64(step) }, type!.Element),
                _ => (null, null),
            };

            if (wire is null)
            {
                break;
            }

            path.Steps.Add(wire);
            type = inside;
        }

        return path.Steps is [] ? null : path;
    }
}
