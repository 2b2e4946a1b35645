using System.Text.RegularExpressions;

namespace Causeway.Harness.Terraform.Hcl;

/// <summary>A configuration file with one argument's name misspelt: Terraform must refuse it.</summary>
/// <param name="Argument">Where the name stands: blocks' types and labels, then the name, joined by dots.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">The whole file.</param>
public sealed record ArgumentMutation(string Argument, int Line, string Text)
{
    /// <summary>What is put behind an argument's name.</summary>
    public const string Misspelling = "_misspelt";

    /// <summary>The argument's own name, misspelt.</summary>
    public string Misspelt => Argument[(Argument.LastIndexOf('.') + 1)..] + Misspelling;

    /// <summary>The same name misspelt in a text that may have other misspellings.</summary>
    /// <param name="text">The file that the mutation was made of, lines as they were.</param>
    public string In(string text)
    {
        var lines = text.Split('\n');
        lines[Line - 1] = Misspell(lines[Line - 1], Misspelt[..^Misspelling.Length]);

        return string.Join('\n', lines);
    }

    /// <summary>
    /// Every argument of a <c>.tf</c> file misspelt, one at a time. Names that a configuration gives itself (locals, providers' local names, keys of
    /// objects) are not arguments: nothing else defines their spelling.
    /// </summary>
    public static IReadOnlyList<ArgumentMutation> Of(string text) => [.. Of(HclBody.OfText(text), "", text.Split('\n'))];

    private static IEnumerable<ArgumentMutation> Of(HclBody body, string place, string[] lines)
    {
        foreach (var (name, line) in body.Lines)
        {
            string[] changed = [.. lines];
            changed[line - 1] = Misspell(lines[line - 1], name);

            yield return new ArgumentMutation($"{place}{name}", line, string.Join('\n', changed));
        }

        foreach (var block in body.Blocks.Where(block => block.Type is not ("locals" or "required_providers")))
        {
            foreach (var mutation in Of(block.Body, $"{place}{string.Join('.', [block.Type, .. block.Labels])}.", lines))
            {
                yield return mutation;
            }
        }
    }

    private static string Misspell(string line, string name) =>
        new Regex($@"(?<![\w.-]){Regex.Escape(name)}(?=\s*=(?!=))", RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(line, $"{name}{Misspelling}", 1);
}
