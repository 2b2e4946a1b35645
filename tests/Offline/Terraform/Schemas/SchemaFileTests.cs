using System.Text;
using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>A schema and its file are the same thing.</summary>
public sealed class SchemaFileTests(Workbench workbench)
{
    private ProviderSchema Toy => PackedPackage.Pack(workbench, PackedPackage.Files).ReadAll();

    private static SortedDictionary<string, IReadOnlyDictionary<string, MemberSchema>> Types(params (string Name, string Attribute)[] types) =>
        new(types.ToDictionary(
            type => type.Name,
            type => (IReadOnlyDictionary<string, MemberSchema>)new SortedDictionary<string, MemberSchema>
            {
                [type.Attribute] = new AttributeSchema("optional string"),
            }));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var file = Path.Combine(workbench.Scratch.FullName, "toy.json");
        var nested = Toy with
        {
            Data = Types(("toy_gadget", "size")),
            Configuration = new SortedDictionary<string, MemberSchema> { ["where"] = new NestedSchema("list 0..1", Toy.Configuration) },
        };

        SchemaFile.Write(nested, file);

        Assert.Equal(SchemaFile.Text(nested), File.ReadAllText(file));
        Assert.Equal(SchemaFile.Text(nested), SchemaFile.Text(SchemaFile.Read(file)));
    }

    [Fact]
    public void Very_many_attributes_of_one_declaration_share_an_entry()
    {
        MemberSchema address = new AttributeSchema("optional string");
        var names = Enumerable.Range(100, 150).Select(number => $"service_{number}").ToList();
        var configuration = new SortedDictionary<string, MemberSchema>(names.ToDictionary(name => name, _ => address), StringComparer.Ordinal)
        {
            ["retries"] = new AttributeSchema("optional number"),
        };
        var text = SchemaFile.Text(Toy with { Configuration = configuration });

        Assert.Contains("\"optional string\": [", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 140));
        Assert.Equal(names.Append("retries").Order(StringComparer.Ordinal), SchemaFile.Parse(Encoding.UTF8.GetBytes(text), "toy").Configuration.Keys);
        Assert.Equal(text, SchemaFile.Text(SchemaFile.Parse(Encoding.UTF8.GetBytes(text), "toy")));
    }

    [Fact]
    public void The_same_large_block_is_written_once_and_read_in_all_its_places()
    {
        NestedSchema Block(string shape, string last, params (string, MemberSchema)[] more) => new(shape, new SortedDictionary<string, MemberSchema>(
            Enumerable.Range(100, 20).Select(number => ($"a{number}", (MemberSchema)new AttributeSchema("optional string")))
                .Append((last, new AttributeSchema("optional bool"))).Concat(more).ToDictionary(member => member.Item1, member => member.Item2),
            StringComparer.Ordinal));
        MemberSchema Outer(string shape) => Block(shape, "z", ("inner", Block("single", "z")), ("small", new NestedSchema("single", Types(("t", "a"))["t"])));
        var schema = Toy with
        {
            Configuration = new SortedDictionary<string, MemberSchema>
            {
                ["first"] = Outer("list 0..1"),
                ["inner"] = Block("set 0..*", "z"),
                ["second"] = new NestedSchema("list 1..1", new SortedDictionary<string, MemberSchema> { ["third"] = Outer("set 0..*") }),
                ["x"] = new NestedSchema("single", new SortedDictionary<string, MemberSchema> { ["inner"] = Block("single", "y") }),
                ["y"] = Block("single", "y"),
            },
        };

        var text = SchemaFile.Text(schema);

        var json = JsonNode.Parse(text)!;
        Assert.Equal(["inner", "first", "inner-2"], json["blocks"]!.AsObject().Select(block => block.Key));
        Assert.Equal("""{"$":"list 0..1","$block":"first"}""", json["configuration"]!["first"]!.ToJsonString());
        Assert.Equal("""{"$":"set 0..*","$block":"first"}""", json["configuration"]!["second"]!["third"]!.ToJsonString());
        Assert.Equal("""{"$":"single","$block":"inner"}""", json["blocks"]!["first"]!["inner"]!.ToJsonString());
        Assert.Equal("""{"$":"single","$block":"inner-2"}""", json["configuration"]!["y"]!.ToJsonString());
        var read = SchemaFile.Parse(Encoding.UTF8.GetBytes(text), "toy");
        Assert.Equal(text, SchemaFile.Text(read));
        Assert.Equal(Members(schema.Configuration), Members(read.Configuration));

        static IEnumerable<string> Members(IReadOnlyDictionary<string, MemberSchema> members) => members.SelectMany(member =>
            member.Value is NestedSchema nested ? Members(nested.Members).Prepend(nested.Shape).Select(below => $"{member.Key}.{below}")
                : [$"{member.Key} {((AttributeSchema)member.Value).Declaration}"]);
    }

    [Theory]
    [InlineData("""{"provider":"p","version":"1","configuration":{"a":{"$":"single","$block":"b"}}}""", "configuration.a.$block: there is no b in \"blocks\"")]
    [InlineData(
        """{"provider":"p","version":"1","blocks":{"b":{"a":{"$":"single","$block":"b"}}}}""",
        "blocks.b.a.$block: there is no b in \"blocks\", or it comes later")]
    [InlineData(
        """{"provider":"p","version":"1","blocks":{"b":{}},"configuration":{"a":{"$":"single","$block":"b","c":"optional bool"}}}""",
        "configuration.a: beside \"$\" and \"$block\" there is nothing to say")]
    [InlineData("""{"provider":"p","version":"1","blocks":{"b":{},"b":{}}}""", "blocks: b is there twice")]
    public void A_reference_to_a_shared_block_of_another_form_is_refused(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => SchemaFile.Parse(Encoding.UTF8.GetBytes(text), "toy")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"provider":"p","version":"1","configuration":{"optional string":["a b a"]}}""", "configuration: a is there twice")]
    [InlineData("""{"provider":"p","version":"1","configuration":{"optional string":["a b"],"b":"optional number"}}""", "configuration: b is there twice")]
    [InlineData("""{"provider":"p","version":"1","configuration":{"optional string":[1]}}""", "configuration.optional string: expected a text, found Number")]
    public void A_shared_entry_of_another_form_is_refused(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<InvalidDataException>(() => SchemaFile.Parse(Encoding.UTF8.GetBytes(text), "toy")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"provider":"p","version":"1","source":"s","configuration":{"a":1},"resources":{},"data":{},"ephemeral":{}}""")]
    [InlineData("""{"provider":"p","version":"1","source":"s","configuration":{"a":{}},"resources":{},"data":{},"ephemeral":{}}""")]
    public void A_file_that_is_not_a_schema_is_refused_by_name(string text)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, text);

        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => SchemaFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_schemas_the_first_wins()
    {
        var first = Toy with { Resources = Types(("toy_a", "old"), ("toy_b", "old")) };
        var second = Toy with { Resources = Types(("toy_b", "new"), ("toy_c", "new")), Ephemeral = Types(("toy_e", "new")) };

        var merged = SchemaFile.Merge(first, second);

        Assert.Equal(["toy_a old", "toy_b old", "toy_c new"], merged.Resources.Select(type => $"{type.Key} {type.Value.Keys.Single()}"));
        Assert.Equal(["toy_e"], merged.Ephemeral.Keys);
    }

    [Fact]
    public void Schemas_of_different_versions_are_not_merged() =>
        Assert.Contains(
            "1.2.4", Assert.Throws<InvalidDataException>(() => SchemaFile.Merge(Toy, Toy with { Version = "1.2.4" })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_selection_has_the_types_in_use_and_names_those_there_are_not()
    {
        UsedType known = new(Toy.Provider, TypeKind.Resource, "toy_widget");
        UsedType unknown = new(Toy.Provider, TypeKind.Data, "toy_widget");
        UsedType foreign = new("registry.terraform.io/other/toy", TypeKind.Resource, "toy_gadget");

        var (some, missing) = Toy.Select([known, unknown, foreign]);
        var (none, _) = Toy.Select([]);

        Assert.Equal(["toy_widget"], some.Resources.Keys);
        Assert.Equal([unknown], missing);
        Assert.Equal("data.toy_widget", unknown.ToString());
        Assert.Empty(none.Resources);
        Assert.NotEmpty(none.Configuration);
    }
}
