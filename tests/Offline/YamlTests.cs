using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline;

/// <summary>What is written as YAML is read again as what it was.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("""{ "text": ["true", "yes", "null", "~", "", "5", "0x1f", "1e3", "1.0", "a: b", "- a", "# a", "'", "\"", " a ", "{{ .a }}", "*", "&a", "2027-01-31"] }""")]
    [InlineData("""{ "others": [true, false, null, 0, -1, 30000, 1.5, {}, [], { "5": 5 }] }""")]
    [InlineData("""{ "data": { "file.cfg": "one\ntwo\n  three\n", "without an end": "one\ntwo", "tab": "a\tb" } }""")]
    [InlineData("""{ "lines": ["\n", "a\n\n", "\n a\nb", " a\nb", "a \nb", "a\r\nb", "a\n\tb", "# a\nb: c", "---\na", { "in": "a\n- b" }] }""")]
    public void A_document_survives(string json)
    {
        var document = JsonNode.Parse(json)!;

        var read = Yaml.Load(Yaml.Write([document, document]));

        Assert.Equal(2, read.Count);
        Assert.All(read, one => Assert.True(JsonNode.DeepEquals(document, one), one.ToJsonString()));
    }
}
