using System.IO.Enumeration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Causeway.Offline.Repository;

/// <summary>
/// How long a line of C# may be: as long as <c>.editorconfig</c> says. The characters of a raw string literal (<c>"""…"""</c>) do not count: a
/// line of JSON in a test is as long as it is.
/// </summary>
internal static class LineLength
{
    /// <summary>The <c>max_line_length</c> that <c>.editorconfig</c> states for a file; the last section that fits decides. Null: none.</summary>
    /// <exception cref="NotSupportedException">A section has another form than <c>[*]</c> or <c>[*.ending]</c>.</exception>
    public static int? Stated(string editorConfig, string file)
    {
        int? longest = null;
        var applies = false;

        foreach (var line in editorConfig.Split('\n').Select(line => line.Trim()))
        {
            if (line is ['[', .. var section, ']'])
            {
                applies = section.IndexOfAny(['/', '{', '[', '?', '!']) < 0
                    ? FileSystemName.MatchesSimpleExpression(section, Path.GetFileName(file), ignoreCase: false)
                    : throw new NotSupportedException($".editorconfig: teach {nameof(LineLength)}.{nameof(Stated)} sections such as [{section}].");
            }
            else if (applies && line.Split('=', StringSplitOptions.TrimEntries) is ["max_line_length", var value])
            {
                longest = value is "off" ? null : int.Parse(value);
            }
        }

        return longest;
    }

    /// <summary>The lines of a C# source that are too long, as <c>file:line: what is wrong</c>.</summary>
    public static IReadOnlyList<string> Violations(string file, string source, int longest)
    {
        var text = SourceText.From(source);

        if (text.Lines.All(line => line.Span.Length <= longest))
        {
            return [];
        }

        var root = CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetRoot();
        TextSpan[] raw = [.. root.DescendantNodes(node => !IsRawString(node)).Where(IsRawString).Select(node => node.Span)];

        return [
            .. text.Lines
                .Select(line => (Number: line.LineNumber + 1, Length: line.Span.Length - raw.Sum(span => line.Span.Intersection(span)?.Length ?? 0)))
                .Where(line => line.Length > longest)
                .Select(line => $"{file}:{line.Number}: {line.Length} characters, and {longest} are allowed: wrap it, or name a part of it")
        ];
    }

    private static bool IsRawString(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.Kind()
            is SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken
            or SyntaxKind.Utf8MultiLineRawStringLiteralToken,
        InterpolatedStringExpressionSyntax interpolated => interpolated.StringStartToken.Kind()
            is SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken,
        _ => false,
    };
}
