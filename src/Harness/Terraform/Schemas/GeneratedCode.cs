using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Causeway.Harness.Terraform.Schemas;

/// <summary>Whether an attribute is set by the configuration, by the provider, or by either.</summary>
internal readonly record struct Flags(bool Computed, bool Optional, bool Required);

/// <summary>A member as a class of the generated code has it.</summary>
/// <param name="Access">The expression that reads it: <c>this.getStringAttribute('arn')</c>, <c>new XList(this, "x", true)</c>, or empty.</param>
internal sealed record ClassMember(string Name, Flags Flags, string Access);

/// <summary>A member as the generated code writes it into a configuration.</summary>
/// <param name="Value">The expression, for example <c>cdktn.listMapperHcl(cdktn.stringToHclTerraform, false)(struct!.names)</c>.</param>
/// <param name="IsComplex">Made of members of its own: a block, or an attribute with an object type.</param>
/// <param name="Kind"><c>simple</c>, <c>list</c>, <c>set</c>, <c>map</c> or <c>struct</c>.</param>
internal sealed record HclEntry(string Value, bool IsComplex, string Kind);

/// <summary>A member as an interface of the generated code describes it.</summary>
internal sealed record InterfaceMember(bool Required, bool IsBlock);

/// <param name="Base">Its base class, without the library's name: <c>TerraformResource</c>, <c>ComplexList</c>.</param>
/// <param name="ResourceType">For a resource, its type.</param>
/// <param name="Config">For a resource, the interface of what configures it. Usually the class's name with <c>Config</c>, unless another type has taken that
/// name.</param>
/// <param name="Element">For a collection, the class of its elements.</param>
internal sealed record ClassDeclaration(
    string Base, string? ResourceType, string? Config, string? Element, IReadOnlyList<ClassMember> Members, IReadOnlyDictionary<string, HclEntry> Hcl);

/// <summary>
/// What one file of a package declares. The packages' JavaScript carries, in its inline source map, the TypeScript it was compiled from; that is
/// read, because older compilers dropped the comments which say whether an attribute is optional or computed, and because only the TypeScript
/// describes each block as <c>NAME block</c>, which nothing else tells from an attribute of the same form.
/// </summary>
/// <remarks>What the code looks like is decided by <c>@cdktf/provider-generator</c>:
/// https://github.com/hashicorp/terraform-cdk/tree/main/packages/%40cdktf/provider-generator/lib/get/generator</remarks>
internal sealed class GeneratedCode
{
    private const string MapMarker = "//# sourceMappingURL=data:application/json";

    public Dictionary<string, Dictionary<string, InterfaceMember>> Interfaces { get; } = [];

    public Dictionary<string, Dictionary<string, HclEntry>> Functions { get; } = [];

    public Dictionary<string, ClassDeclaration> Classes { get; } = [];

    /// <summary>Takes over what another file of the same type declares: large types are spread over several files.</summary>
    public void Add(GeneratedCode other)
    {
        foreach (var (name, members) in other.Interfaces)
        {
            Interfaces[name] = members;
        }

        foreach (var (name, entries) in other.Functions)
        {
            Functions[name] = entries;
        }

        foreach (var (name, declaration) in other.Classes)
        {
            Classes[name] = declaration;
        }
    }

    /// <summary>Reads a packed JavaScript file.</summary>
    /// <exception cref="InvalidDataException">It carries no source map, or one without its source.</exception>
    public static GeneratedCode OfScript(ReadOnlySpan<byte> script)
    {
        var marker = script.LastIndexOf(Encoding.ASCII.GetBytes(MapMarker));
        var comma = marker < 0 ? -1 : script[marker..].IndexOf((byte)',');

        if (comma < 0)
        {
            throw new InvalidDataException("it has no inline source map");
        }

        var encoded = script[(marker + comma + 1)..].TrimEnd("\r\n "u8);
        var map = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];

        if (Base64.DecodeFromUtf8(encoded, map, out _, out var length) is not System.Buffers.OperationStatus.Done)
        {
            throw new InvalidDataException("its source map is cut off or not Base64");
        }

        return OfSource(SourceIn(map.AsSpan(0, length)));
    }

    private static string SourceIn(ReadOnlySpan<byte> map)
    {
        try
        {
            var reader = new Utf8JsonReader(map);

            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth is 1 && reader.ValueTextEquals("sourcesContent"u8)
                    && reader.Read() && reader.Read() && reader.TokenType is JsonTokenType.String)
                {
                    return reader.GetString()!;
                }
            }
        }
        catch (JsonException)
        {
            throw new InvalidDataException("its source map is not JSON");
        }

        throw new InvalidDataException("its source map does not hold the source");
    }

    /// <summary>Reads the TypeScript the generator wrote: one declaration after the other, each ended by a brace in the first column.</summary>
    public static GeneratedCode OfSource(string source)
    {
        var code = new GeneratedCode();
        var lines = source.Split('\n');

        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];

            if (!line.StartsWith("export ", StringComparison.Ordinal) || !line.EndsWith('{'))
            {
                continue;
            }

            var end = Array.IndexOf(lines, "}", at);
            var body = lines.AsSpan((at + 1)..(end < 0 ? lines.Length : end));
            var words = line.Split([' ', '(', '{', '<'], StringSplitOptions.RemoveEmptyEntries);

            switch (words[1])
            {
                case "interface":
                    code.Interfaces[words[2]] = Interface(body);
                    break;
                case "function" when words[2].EndsWith(Shape.MapperSuffix, StringComparison.Ordinal):
                    code.Functions[words[2]] = HclEntries(body);
                    break;
                case "class" when words.Length > 4:
                    code.Classes[words[2]] = Class(words[4][(words[4].IndexOf('.') + 1)..], body);
                    break;
            }
        }

        return code;
    }

    // Each member has a comment whose last line links to the documentation by Terraform's own name of it: `…#cidr_block Vpc#cidr_block}`. Of a
    // block, its first line is `NAME block`:
    // https://github.com/hashicorp/terraform-cdk/blob/main/packages/%40cdktf/provider-generator/lib/get/generator/resource-parser.ts
    private static Dictionary<string, InterfaceMember> Interface(ReadOnlySpan<string> lines)
    {
        var members = new Dictionary<string, InterfaceMember>();
        string? name = null;
        var first = "";

        foreach (var line in lines)
        {
            var text = line.AsSpan().Trim();

            if (text is "/**")
            {
                (name, first) = (null, "");
            }
            else if (text.StartsWith("* Docs at Terraform Registry: {@link ") && text.LastIndexOf('#') is var hash and > 0)
            {
                name = text[(hash + 1)..].TrimEnd('}').ToString();
            }
            else if (first is "" && text.StartsWith("* "))
            {
                first = text[2..].ToString();
            }
            else if (text.StartsWith("readonly ") && name is not null)
            {
                members[name] = new InterfaceMember(!text[..text.IndexOf(':')].EndsWith("?"), first == $"{name} block");
            }
        }

        return members;
    }

    private static Dictionary<string, HclEntry> HclEntries(ReadOnlySpan<string> lines)
    {
        var entries = new Dictionary<string, HclEntry>();

        for (var at = 0; at + 3 < lines.Length; at++)
        {
            if (lines[at].EndsWith(": {", StringComparison.Ordinal) && Field(lines[at + 1], "value: ") is { } value)
            {
                entries[lines[at].Trim()[..^3]] = new HclEntry(
                    value, Field(lines[at + 2], "isBlock: ") == "true", Field(lines[at + 3], "type: ")?.Trim('"') ?? "");
            }
        }

        return entries;
    }

    private static string? Field(string line, string name) =>
        line.AsSpan().TrimStart() is var text && text.StartsWith(name, StringComparison.Ordinal) ? text[name.Length..].TrimEnd(',').ToString() : null;

    private static ClassDeclaration Class(string of, ReadOnlySpan<string> lines)
    {
        var members = new List<ClassMember>();
        string? type = null;
        string? config = null;
        string? element = null;
        var synthesis = lines.Length;

        for (var at = 0; at < lines.Length; at++)
        {
            var text = lines[at].AsSpan().Trim();

            if (text.StartsWith("// ") && text.IndexOf(" - computed: ") is var dash and > 0)
            {
                members.Add(new ClassMember(text[3..dash].ToString(), ReadFlags(text[dash..]), Access(lines[(at + 1)..])));
            }
            else if (text.StartsWith("public static readonly tfResourceType = "))
            {
                type = Quoted(text);
            }
            else if (text.StartsWith("public constructor(scope: Construct, id: string, config: "))
            {
                config = text["public constructor(scope: Construct, id: string, config: ".Length..].ToString().Split(' ', ')')[0];
            }
            else if (text.StartsWith("return new ")
                && members.Count is 0
                && (of.EndsWith("List", StringComparison.Ordinal) || of.EndsWith("Map", StringComparison.Ordinal)))
            {
                element = text["return new ".Length..text.IndexOf('(')].ToString();
            }
            else if (text.StartsWith("protected synthesizeHclAttributes("))
            {
                synthesis = at;
            }
        }

        return new ClassDeclaration(of, type, config, element, members, HclEntries(lines[synthesis..]));
    }

    private static Flags ReadFlags(ReadOnlySpan<char> text) =>
        new(text.IndexOf("computed: true") > 0, text.IndexOf("optional: true") > 0, text.IndexOf("required: true") > 0);

    // What follows a member's comment: a field with its initial value, or a getter whose first statement says how it is read.
    private static string Access(ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line.AsSpan().Trim();

            if (text.StartsWith("private ") && text.IndexOf(" = new ") is var made and > 0)
            {
                return text[(made + 3)..].TrimEnd(';').ToString();
            }

            if (text.StartsWith("return "))
            {
                return text["return ".Length..].TrimEnd(';').ToString();
            }

            if (text.StartsWith("// ") && text.IndexOf(" - computed: ") > 0)
            {
                break;
            }
        }

        return "";
    }

    private static string Quoted(ReadOnlySpan<char> text) => text[(text.IndexOf('"') + 1)..text.LastIndexOf('"')].ToString();
}
