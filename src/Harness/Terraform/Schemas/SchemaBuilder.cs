namespace Causeway.Harness.Terraform.Schemas;

/// <summary>Makes one type's schema out of what its files declare.</summary>
/// <param name="code">All declarations of the type.</param>
/// <param name="nestedAttributes">
/// Whether the provider speaks protocol 6, so that an attribute of objects whose members are all as optional as itself is taken for a nested attribute. In
/// protocol 5 (aws, kubernetes, github, …) there are none: https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
/// </param>
internal sealed class SchemaBuilder(GeneratedCode code, bool nestedAttributes)
{
    // The generator folds a block that contains itself into one structure; providers unfold it three deep (aws_wafv2_web_acl_rule's `statement`).
    private const int Unfolded = 3;

    // Names of the members, and of the structures, that lead to the one being built.
    private readonly List<string> path = [];

    private readonly Stack<string> within = [];

    /// <summary>Whether an attribute was found whose members are not all as optional as itself, which only protocol 6 allows.</summary>
    public bool HasNestedAttributes { get; private set; }

    /// <exception cref="InvalidDataException">A member has a form that is not known; the message names it.</exception>
    public IReadOnlyDictionary<string, MemberSchema> Build(string className)
    {
        var declaration = code.Classes[className];
        var described = code.Interfaces.GetValueOrDefault(declaration.Config ?? "")
            ?? throw new InvalidDataException($"there is no interface {declaration.Config}");

        // `alias` is Terraform's own; the generator adds it to each provider's configuration.
        var members = declaration.Members.Where(member => declaration.Base is not "TerraformProvider" || member.Name is not "alias");

        return Build(members, declaration.Hcl, described);
    }

    private SortedDictionary<string, MemberSchema> Build(
        IEnumerable<ClassMember> members, IReadOnlyDictionary<string, HclEntry> entries, Dictionary<string, InterfaceMember> described)
    {
        var built = new SortedDictionary<string, MemberSchema>(StringComparer.Ordinal);

        foreach (var member in members.Select(Computed))
        {
            path.Add(member.Name);

            if (Build(member, entries.GetValueOrDefault(member.Name), described.GetValueOrDefault(member.Name)) is { } made)
            {
                built[member.Name] = made;
            }

            path.RemoveAt(path.Count - 1);
        }

        return built;
    }

    private MemberSchema? Build(ClassMember member, HclEntry? entry, InterfaceMember? described)
    {
        var shape = ShapeOf(member, entry);

        if (described is { IsBlock: true } && entry is { IsComplex: true })
        {
            return Block(member, entry, shape);
        }

        var flags = Words(member, entry);

        if (shape.StructureName is { } structure)
        {
            var deviates = Deviates(shape, member.Flags, []);
            HasNestedAttributes |= deviates;

            if (IsFolded(structure))
            {
                return null;
            }

            if (deviates || (nestedAttributes && (member.Flags.Optional || member.Flags.Required)))
            {
                var nesting = (shape as Shape.Many)?.Kind ?? "single";
                var writeOnly = flags.EndsWith(" writeonly", StringComparison.Ordinal);

                return Within(structure, () => new NestedSchema($"attribute {nesting} {flags}", MembersOf(structure, writeOnly)));
            }
        }

        return new AttributeSchema($"{flags} {TypeOf(shape)}");
    }

    // A list or set block of which there can only be one is written without `listMapper`; `required` means that there must be one. Larger minima and
    // maxima are lost. What the framework checks by validators was never part of a schema.
    private NestedSchema? Block(ClassMember member, HclEntry entry, Shape shape)
    {
        var nesting = (entry.Kind, shape) switch
        {
            ("struct", Shape.Structure) => "single",
            ("map", Shape.Many { Kind: "map" }) => "map",
            ("list" or "set", Shape.Structure) => $"{entry.Kind} {(member.Flags.Required ? 1 : 0)}..1",
            ("list" or "set", Shape.Many { Kind: "list" or "set" }) => $"{entry.Kind} {(member.Flags.Required ? 1 : 0)}..*",
            _ => throw Unknown($"a block of kind {entry.Kind} written as `{entry.Value}`"),
        };

        var structure = shape.StructureName ?? throw Unknown($"a block written as `{entry.Value}`");

        return IsFolded(structure) ? null : Within(structure, () => new NestedSchema(nesting, MembersOf(structure, writeOnly: false)));
    }

    private SortedDictionary<string, MemberSchema> MembersOf(string structure, bool writeOnly)
    {
        var built = Build(ClassMembersOf(structure), EntriesOf(structure), code.Interfaces.GetValueOrDefault(structure) ?? []);

        // All that is in a write-only attribute is write-only: https://developer.hashicorp.com/terraform/plugin/framework/resources/write-only-arguments
        return writeOnly ? new(built.ToDictionary(member => member.Key, member => WriteOnly(member.Value)), StringComparer.Ordinal) : built;
    }

    private static MemberSchema WriteOnly(MemberSchema member) =>
        member is AttributeSchema attribute && attribute.Declaration.LastIndexOf(' ') is var space
            ? new AttributeSchema($"{attribute.Declaration[..space]} writeonly{attribute.Declaration[space..]}")
            : member;

    // A provider's configuration has structures without classes: the configuration is never read back.
    private IEnumerable<ClassMember> ClassMembersOf(string structure) =>
        code.Classes.TryGetValue(structure + Shape.ReferenceSuffix, out var declaration) ? declaration.Members.Select(Computed)
        : code.Interfaces.TryGetValue(structure, out var described)
            ? described.Select(member => new ClassMember(member.Key, new Flags(false, !member.Value.Required, member.Value.Required), ""))
        : throw Unknown($"structure {structure} is declared nowhere");

    // A block that cannot be filled in, since all in it is computed, has no mark in older packages.
    private ClassMember Computed(ClassMember member) =>
        member.Flags == default && Shape.OfAccess(member.Access, code.Classes)?.StructureName is not null
            ? member with { Flags = new Flags(true, false, false) }
            : member;

    private Dictionary<string, HclEntry> EntriesOf(string structure) =>
        code.Functions.GetValueOrDefault(char.ToLowerInvariant(structure[0]) + structure[1..] + Shape.MapperSuffix) ?? [];

    private Shape ShapeOf(ClassMember member, HclEntry? entry) =>
        entry is not null
            ? Shape.OfEntry(entry) ?? throw Unknown($"it is written as `{entry.Value}`")
            : Shape.OfAccess(member.Access, code.Classes) ?? throw Unknown($"it is read as `{member.Access}`");

    private string TypeOf(Shape shape) => shape switch
    {
        Shape.Simple simple => simple.Type,
        Shape.Many many => $"{many.Kind}({TypeOf(many.Element)})",
        Shape.Structure { Name: var name } => Within(name, () => $"object({{{string.Join(',', TypesOf(name).Order(StringComparer.Ordinal))}}})"),
        _ => throw Unknown("a new kind of shape"),
    };

    private IEnumerable<string> TypesOf(string structure)
    {
        var entries = EntriesOf(structure);

        foreach (var member in ClassMembersOf(structure))
        {
            var shape = ShapeOf(member, entries.GetValueOrDefault(member.Name));

            if (shape.StructureName is not { } inner || !IsFolded(inner))
            {
                yield return $"{member.Name}={TypeOf(shape)}";
            }
        }
    }

    // The generator hands an attribute's flags down to all members of its object type; those of a nested attribute have their own. A member is always
    // computed where its attribute is.
    private bool Deviates(Shape shape, Flags flags, HashSet<string> seen)
    {
        if (shape is Shape.Many many)
        {
            return Deviates(many.Element, flags, seen);
        }

        if (shape is not Shape.Structure structure || !seen.Add(structure.Name))
        {
            return false;
        }

        var entries = EntriesOf(structure.Name);

        return ClassMembersOf(structure.Name).Any(member =>
            (member.Access is not "" && member.Flags != flags) || Deviates(ShapeOf(member, entries.GetValueOrDefault(member.Name)), flags, seen));
    }

    private string Words(ClassMember member, HclEntry? entry)
    {
        var (computed, optional, required) = member.Flags;

        // Older packages do not mark what is only written; every provider ends its name with `_wo`.
        var writeOnly = entry is not null
            && (entry.Value.StartsWith(Shape.WriteOnly, StringComparison.Ordinal) || member.Name.EndsWith("_wo", StringComparison.Ordinal));

        string?[] flags =
        [
            required ? "required" : null,
            optional ? "optional" : null,
            // What is in a computed attribute is all called computed, and what is only written cannot be.
            computed && !required && !writeOnly ? "computed" : null,
            writeOnly ? "writeonly" : null,
        ];

        var words = string.Join(' ', flags.OfType<string>());

        return words is "" ? throw Unknown("it is neither required nor optional nor computed") : words;
    }

    private bool IsFolded(string structure) => within.Count(name => name == structure) >= Unfolded;

    private T Within<T>(string structure, Func<T> make)
    {
        within.Push(structure);
        var made = make();
        within.Pop();

        return made;
    }

    private InvalidDataException Unknown(string what) => new($"{string.Join('.', path)}: {what}, a form this reader does not know");
}
