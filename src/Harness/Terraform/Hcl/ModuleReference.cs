using System.Text;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>
/// The reference part of a module's README, written from the module's files: inputs, outputs and what it makes. It stands between the markers that
/// terraform-docs uses (https://terraform-docs.io/user-guide/configuration/output), so that tools which know those know it.
/// </summary>
public static class ModuleReference
{
    /// <summary>The line before the reference.</summary>
    public const string Begin = "<!-- BEGIN_TF_DOCS -->";

    /// <summary>The line after it.</summary>
    public const string End = "<!-- END_TF_DOCS -->";

    /// <summary>A README with the reference of its module brought up to date.</summary>
    /// <param name="readme">Text of the README.</param>
    /// <param name="module">The module's folder.</param>
    /// <returns>Null where the README does not have both markers, each in a line of its own.</returns>
    public static string? Insert(string readme, string module)
    {
        var begin = readme.IndexOf($"\n{Begin}\n", StringComparison.Ordinal);
        var end = readme.IndexOf($"\n{End}\n", StringComparison.Ordinal);

        return begin < 0 || end < begin ? null : $"{readme[..(begin + Begin.Length + 2)]}{Of(module)}{readme[(end + 1)..]}";
    }

    /// <summary>The reference of a module, as Markdown: every paragraph and list with an empty line behind it.</summary>
    public static string Of(string module)
    {
        var sources = Configuration.Files(module).Where(file => file.EndsWith(".tf", StringComparison.Ordinal)).Select(Source.Read).ToArray();
        var text = new StringBuilder("## Inputs\n\n");

        foreach (var (source, variable) in Blocks(sources, "variable"))
        {
            text.Append($"### `{variable.Labels[0]}`\n\n{Description(variable)}\n\n```hcl\n{source.Expression(variable, "type")}\n```\n\n");
            text.Append(variable.Body.Attributes.ContainsKey("default") ? $"Default: `{source.Expression(variable, "default")}`\n\n" : "Required.\n\n");
        }

        text.Append("## Outputs\n\n");

        foreach (var (_, output) in Blocks(sources, "output"))
        {
            text.Append($"### `{output.Labels[0]}`\n\n{Description(output)}\n\n");
        }

        Table(text, "Resources", sources, "resource");
        Table(text, "Data sources", sources, "data");
        Table(text, "Ephemeral resources", sources, "ephemeral");

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Table(StringBuilder text, string title, IReadOnlyList<Source> sources, string type)
    {
        (Source Source, HclBlock Block)[] blocks = [.. Blocks(sources, type)];

        if (blocks is [])
        {
            return;
        }

        text.Append($"## {title}\n\n| type | name | file |\n|---|---|---|\n");

        foreach (var (source, block) in blocks)
        {
            text.Append($"| `{block.Labels[0]}` | `{block.Labels[1]}` | [{source.Name}]({source.Name}) |\n");
        }

        text.Append('\n');
    }

    // In order of their names: a reference is looked into, not read.
    private static IEnumerable<(Source Source, HclBlock Block)> Blocks(IEnumerable<Source> sources, string type) =>
        sources.SelectMany(source => source.Body.Of(type).Select(block => (source, block))).OrderBy(
            found => string.Join('.', found.block.Labels), StringComparer.Ordinal);

    private static string Description(HclBlock block) =>
        block.Body.Attributes.GetValueOrDefault("description") is [{ Kind: HclKind.Text, Value: var text }] ? Unindented(text) : "(no description)";

    // What is written further right than the line that is written furthest left stays so.
    private static string Unindented(string text)
    {
        string[] lines = [.. text.TrimEnd().Split('\n').Select(line => line.TrimEnd())];
        var margin = lines.Where(line => line is not "").Min(line => line.Length - line.TrimStart().Length);

        return string.Join('\n', lines.Select(line => line is "" ? line : line[margin..]));
    }

    private sealed record Source(string Name, HclBody Body, IReadOnlyList<string> Lines)
    {
        public static Source Read(string file)
        {
            var text = SourceText.Read(file);

            return new(Path.GetFileName(file), HclBody.OfText(text), text.Split('\n'));
        }

        /// <summary>An attribute's expression as it is written.</summary>
        public string Expression(HclBlock block, string attribute)
        {
            if (block.Body.Attributes.GetValueOrDefault(attribute) is not [.., var last])
            {
                return "any";
            }

            var first = block.Body.Lines[attribute];
            var begin = Lines[first - 1][(Lines[first - 1].IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();

            return first == last.Line ? begin : $"{begin}\n{Unindented(string.Join('\n', Lines.Skip(first).Take(last.Line - first)))}";
        }
    }
}
