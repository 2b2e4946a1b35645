using System.Text;
using Causeway.Provider.Schemas;

namespace Causeway.Offline.Terraform.Provider.Schemas;

/// <summary>What schema files say, and the refusal of those with another form.</summary>
public sealed class ServedSchemaReaderTests(Workbench workbench)
{
    [Fact]
    public void Every_way_of_nesting_is_read()
    {
        var host = ServedSchema.Read(Path.Combine(workbench.Fixtures, "provider", "sample.json")).Resources["sample_host"];

        Assert.Equal((Nesting.List, 0, (int?)3, false), Counts(host.Blocks["disk"]));
        Assert.Equal((Nesting.Set, 0, null, false), Counts(host.Blocks["rule"]));
        Assert.Equal((Nesting.Single, 0, (int?)1, false), Counts(host.Blocks["timeouts"]));
        Assert.Equal((Nesting.Map, 0, null, false), Counts(host.Blocks["zone"]));
        Assert.Equal((Nesting.List, 0, (int?)1, true), Counts(host.Blocks["status"]));
        Assert.Equal("list(object({id=string,label=string,size=number}))", host.Type.Attributes["disk"].ToString());
        Assert.Equal("map(object({rank=number,weight=number}))", host.Type.Attributes["zone"].ToString());

        Assert.Equal(
            [Nesting.Single, Nesting.Map, Nesting.List, Nesting.Set],
            new[] { "limits", "mounts", "ports", "roles" }.Select(name => host.Attributes[name].Nested!.Nesting));
        Assert.Equal("list(object({id=string,number=number}))", host.Attributes["ports"].Type.ToString());
        Assert.True(host.Attributes["limits"] is { Optional: true, Computed: true });
        Assert.True(host.Attributes["password_wo"] is { Optional: true, WriteOnly: true });
        Assert.True(host.Attributes["token"] is { ReadOnly: true, Sensitive: true });

        static (Nesting, int, int?, bool) Counts(NestedBlock block) => (block.Nesting, block.Min, block.Max, block.Computed);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "the file: expected an object")]
    [InlineData("""{ "version": "1" }""", "\"provider\" is missing")]
    [InlineData("""{ "provider": "a/b" }""", "\"version\" is missing")]
    [InlineData("""{ "provider": "a/b", "version": 1 }""", "version: expected a text")]
    [InlineData("""{ "provider": "a/b", "version": "1", "resources": [] }""", "resources: expected an object")]
    [InlineData("""{ "provider": "a/b", "version": "1", "resources": { "x": {}, "x": {} } }""", "resources: x is there twice")]
    [InlineData("""{ "provider": "a/b", "version": "1", "configuration": { "a": "optional text" } }""", "configuration.a: \"text\" is not a type")]
    public void A_file_of_another_form_is_refused(string json, string message) => Refused(json, message);

    [Theory]
    [InlineData(""" "a": "optional string", "a": "optional string" """, "x: a is there twice")]
    [InlineData(""" "a": 1 """, "x.a: \"$\" is missing")]
    [InlineData(""" "a": null """, "x.a: \"$\" is missing")]
    [InlineData(""" "a": {} """, "x.a: \"$\" is missing")]
    [InlineData(""" "a": "" """, "x.a: \"\" is not a type")]
    [InlineData(""" "a": "string" """, "x.a: an attribute is either required, or")]
    [InlineData(""" "a": "required computed string" """, "x.a: an attribute is either required, or")]
    [InlineData(""" "a": "maybe string" """, "x.a: maybe is not a flag")]
    [InlineData(""" "a": "optional list(text)" """, "x.a: \"list(text)\" is not a type")]
    [InlineData(""" "a": "optional list( string)" """, "x.a: \"string)\" is not a type")]
    [InlineData(""" "a": { "$": "bag" } """, "x.a: \"bag\" is not a nesting")]
    [InlineData(""" "a": { "$": 1 } """, "x.a.$: expected a text")]
    [InlineData(""" "a": { "$": "list few" } """, "x.a: few is not a count")]
    [InlineData(""" "a": { "$": "list 1" } """, "x.a: 1 is not a count")]
    [InlineData(""" "a": { "$": "list 2..1" } """, "x.a: 2..1 is not a count")]
    [InlineData(""" "a": { "$": "list 0..1 1..2" } """, "x.a: 0..1 1..2 is not a count")]
    [InlineData(""" "a": { "$": "attribute" } """, "x.a: \"\" is not a nesting")]
    [InlineData(""" "a": { "$": "attribute list" } """, "x.a: an attribute is either required, or")]
    [InlineData(""" "a": { "$": "attribute list maybe" } """, "x.a: maybe is not a flag")]
    [InlineData(""" "a": { "$": "list 0..1", "b": { "$": "set 0..1", "c": "no string" } } """, "x.a.b.c: no is not a flag")]
    public void A_type_of_another_form_is_refused_with_its_place(string members, string message) =>
        Refused($$"""{ "provider": "a/b", "version": "1", "resources": { "x": { {{members}} } } }""", message);

    [Fact]
    public void Missing_sections_are_empty()
    {
        var schema = ServedSchema.Parse(Encoding.UTF8.GetBytes("""{ "provider": "a/b", "version": "1" }"""), "test");

        Assert.Empty(schema.Resources);
        Assert.Empty(schema.Data);
        Assert.Empty(schema.Ephemeral);
        Assert.Empty(schema.Configuration.Attributes);
    }

    private static void Refused(string json, string message)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => ServedSchema.Parse(Encoding.UTF8.GetBytes(json), "test"));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
