using System.Text.RegularExpressions;

namespace Causeway.Harness.Helm;

/// <summary>One action of a template: what stands between two pairs of braces.</summary>
/// <param name="Keyword">The word that makes a block, or belongs to one: <c>range</c>, <c>end</c>; empty for any other action.</param>
/// <param name="Tokens">What follows the keyword.</param>
internal sealed record TemplateAction(string Keyword, IReadOnlyList<TemplateToken> Tokens);

/// <summary>A part of an action.</summary>
/// <param name="Text">As it stands there: <c>.a.b</c>, <c>$name</c>, <c>(</c>, <c>"text"</c>.</param>
/// <param name="At">Where it begins in the template's text.</param>
internal readonly record struct TemplateToken(string Text, int At)
{
    /// <summary>A text without escapes; null where it is not one.</summary>
    public string? Literal => Text is ['"', .., '"'] or ['`', .., '`'] ? Text[1..^1] : null;
}

/// <summary>Reads the actions of Go's templates: https://pkg.go.dev/text/template.</summary>
internal static partial class TemplateText
{
    private static readonly HashSet<string> Keywords = ["if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"];

    /// <summary>All actions of a text, in order; comments are left out.</summary>
    public static IReadOnlyList<TemplateAction> Actions(string text) =>
    [
        .. from Match action in Action().Matches(text)
           let body = action.Groups["body"]
           where !body.Value.TrimStart().StartsWith("/*", StringComparison.Ordinal)
           select Of([.. Token().Matches(body.Value).Select(token => new TemplateToken(token.Value, body.Index + token.Index))]),
    ];

    private static TemplateAction Of(TemplateToken[] tokens) =>
        tokens is [var first, ..] && Keywords.Contains(first.Text) ? new(first.Text, tokens[1..]) : new("", tokens);

    // A string may hold braces.
    [GeneratedRegex("""\{\{-?(?<body>\s*/\*.*?\*/\s*|(?:"(?:\\.|[^"\\])*"|`[^`]*`|(?!-?\}\}).)*)-?\}\}""", RegexOptions.Singleline)]
    private static partial Regex Action();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])+'
        |\$\w*|(?:\.[A-Za-z_]\w*)+|:=|[A-Za-z_]\w*|-?[0-9][\w.]*|[().|,=]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
