using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>The form of a value, as the generated code reads or writes it.</summary>
internal abstract record Shape
{
    /// <summary>Ends the name of each function that writes a structure: <c>vpcTimeoutsToHclTerraform</c>.</summary>
    public const string MapperSuffix = "ToHclTerraform";

    /// <summary>Ends the name of each class that reads a structure.</summary>
    public const string ReferenceSuffix = "OutputReference";

    /// <summary>Starts the expression of an attribute that is only written.</summary>
    public const string WriteOnly = "this.markWriteOnlyAttribute(";

    private static readonly Regex Getter = new(@"\bthis\.get(String|Number|Boolean|Any)?(List|Map)?Attribute\(", RegexOptions.Compiled);

    private static readonly Regex Reference = new(@"^new (?:cdkt\w+\.)?(\w+)\(this, ""\w+""(?:, (true|false))?\)$", RegexOptions.Compiled);

    private static readonly Regex LibraryClass = new("^(String|Number|Boolean|Any)(List|Map)+$", RegexOptions.Compiled);

    /// <param name="Type">As Terraform writes it.</param>
    public sealed record Simple(string Type) : Shape;

    /// <param name="Kind"><c>list</c>, <c>set</c> or <c>map</c>.</param>
    public sealed record Many(string Kind, Shape Element) : Shape;

    /// <param name="Name">Name of the interface, without suffix.</param>
    public sealed record Structure(string Name) : Shape;

    /// <summary>The structure this is or holds directly, if any.</summary>
    public string? StructureName => this switch
    {
        Structure structure => structure.Name,
        Many { Element: Structure structure } => structure.Name,
        _ => null,
    };

    /// <summary>Reads the expression that writes a value into a configuration; null where it has an unknown form.</summary>
    public static Shape? OfEntry(HclEntry entry)
    {
        var text = entry.Value;

        // A few attributes have a default of the generator's own in front: `struct!.x === undefined ? null : …`.
        var question = text.LastIndexOf(" === undefined ? ", StringComparison.Ordinal);
        text = question > 0 ? text[(text.IndexOf(" : ", question, StringComparison.Ordinal) + 3)..] : text;
        text = text.StartsWith(WriteOnly, StringComparison.Ordinal) ? text[WriteOnly.Length..] : text;
        var shape = OfMapper(text);

        return shape is Many { Kind: "list" } list && entry.Kind is "set" ? list with { Kind = "set" } : shape;
    }

    // `listMapperHcl(INNER, isBlock)`, `hashMapperHcl(INNER)`, the library's `stringToHclTerraform`, or a function of the file for a structure.
    private static Shape? OfMapper(string text)
    {
        var start = text.StartsWith("cdkt", StringComparison.Ordinal) ? text.IndexOf('.') + 1 : 0;
        var end = text.IndexOfAny(['(', ',', ')'], start);
        var name = end < 0 ? text[start..] : text[start..end];
        var inner = end < 0 ? "" : text[(end + 1)..];

        return name switch
        {
            "listMapperHcl" => OfMapper(inner) is { } element ? new Many("list", element) : null,
            // The protocol's dynamic type is written as a map of anything.
            "hashMapperHcl" => OfMapper(inner) is { } element ? element is Simple { Type: "any" } ? element : new Many("map", element) : null,
            "stringToHclTerraform" => new Simple("string"),
            "numberToHclTerraform" => new Simple("number"),
            "booleanToHclTerraform" => new Simple("bool"),
            "anyToHclTerraform" => new Simple("any"),
            _ when start is 0
                && name.EndsWith(MapperSuffix, StringComparison.Ordinal) => new Structure(char.ToUpperInvariant(name[0]) + name[1..^MapperSuffix.Length]),
            _ => null,
        };
    }

    /// <summary>Reads the expression that reads a value from Terraform; null where it has an unknown form.</summary>
    public static Shape? OfAccess(string access, IReadOnlyDictionary<string, ClassDeclaration> classes)
    {
        if (Getter.Match(access) is { Success: true } getter)
        {
            var item = Simply(getter.Groups[1].Value);

            return getter.Groups[2].Value switch
            {
                "" => item,
                "Map" => item is Simple { Type: "any" } ? item : new Many("map", item),
                _ => new Many(access.Contains(".tolist(", StringComparison.Ordinal) ? "set" : "list", item),
            };
        }

        if (Reference.Match(access) is { Success: true } made)
        {
            var shape = OfClass(made.Groups[1].Value, classes);

            return shape is Many { Kind: "list" } list && made.Groups[2].Value is "true" ? list with { Kind = "set" } : shape;
        }

        // The generator has no accessor for some nested collections, and reads them as whatever they are.
        return access.Contains("this.interpolationForAttribute(", StringComparison.Ordinal) ? new Simple("any") : null;
    }

    private static Shape? OfClass(string name, IReadOnlyDictionary<string, ClassDeclaration> classes)
    {
        if (classes.TryGetValue(name, out var declaration))
        {
            return declaration.Element is null
                ? name.EndsWith(ReferenceSuffix, StringComparison.Ordinal) ? new Structure(name[..^ReferenceSuffix.Length]) : null
                : OfClass(declaration.Element, classes) is { } element
                    ? new Many(declaration.Base.EndsWith("Map", StringComparison.Ordinal) ? "map" : "list", element)
                    : null;
        }

        // The library's own classes for simple elements are named from the inside out: StringMapList is a list of maps of strings.
        if (LibraryClass.Match(name) is not { Success: true } library)
        {
            return null;
        }

        var simple = Simply(library.Groups[1].Value);

        return library.Groups[2].Captures.Aggregate(simple, (inside, layer) =>
            layer.Value is "Map" && inside is Simple { Type: "any" } ? inside : new Many(layer.Value.ToLowerInvariant(), inside));
    }

    private static Shape Simply(string word) => new Simple(word switch
    {
        "Number" => "number",
        "Boolean" => "bool",
        "Any" => "any",
        _ => "string",
    });
}
