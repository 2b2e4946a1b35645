namespace Causeway.Harness.Terraform.Hcl;

/// <summary>What a <see cref="HclToken"/> is.</summary>
internal enum HclKind
{
    /// <summary>An identifier, a keyword or a number.</summary>
    Word,

    /// <summary>The content of a quoted string or a heredoc, templates as they are written.</summary>
    Text,

    /// <summary>One other character.</summary>
    Mark,

    /// <summary>The end of a line, which ends an attribute.</summary>
    Line,
}

/// <param name="Line">Line number, from 1.</param>
internal readonly record struct HclToken(HclKind Kind, string Value, int Line)
{
    public bool Is(char mark) => Kind is HclKind.Mark && Value[0] == mark;

    /// <summary>
    /// Splits a configuration into tokens. Comments are left out; strings and heredocs are one token each, however much configuration they quote.
    /// What is malformed gives some tokens: to refuse it is Terraform's part, whose message is better. Syntax:
    /// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
    /// </summary>
    public static IReadOnlyList<HclToken> Of(string text)
    {
        var tokens = new List<HclToken>();
        var line = 1;
        var at = 0;

        while (at < text.Length)
        {
            var start = at;
            var began = line;
            var current = text[at];

            if (current is '\n')
            {
                tokens.Add(new(HclKind.Line, "\n", line++));
                at++;
            }
            else if (char.IsWhiteSpace(current))
            {
                at++;
            }
            else if (current is '#' || Follows(text, at, "//"))
            {
                at = Until(text, "\n", at);
            }
            else if (Follows(text, at, "/*"))
            {
                at = Math.Min(Until(text, "*/", at) + 2, text.Length);
                line += text.AsSpan(start, at - start).Count('\n');
            }
            else if (current is '"')
            {
                at = AfterString(text, at);
                tokens.Add(new(HclKind.Text, text[(start + 1)..Math.Max(start + 1, at - 1)], line));
                line += text.AsSpan(start, at - start).Count('\n');
            }
            else if (Follows(text, at, "<<") && Heredoc(text, at) is { } heredoc)
            {
                at = heredoc.After;
                tokens.Add(new(HclKind.Text, heredoc.Content, line));
                line += text.AsSpan(start, at - start).Count('\n');
            }
            else if (IsWord(current))
            {
                while (at < text.Length && (IsWord(text[at]) || text[at] is '-'))
                {
                    at++;
                }

                tokens.Add(new(HclKind.Word, text[start..at], began));
            }
            else
            {
                tokens.Add(new(HclKind.Mark, current.ToString(), line));
                at++;
            }
        }

        return tokens;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_';

    private static bool Follows(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) is 0;

    private static int Until(string text, string what, int from) =>
        text.IndexOf(what, from, StringComparison.Ordinal) is var found and >= 0 ? found : text.Length;

    // The position behind the closing quote. A template may hold strings, which may hold templates.
    private static int AfterString(string text, int at)
    {
        at++;

        while (at < text.Length && text[at] is not '"')
        {
            at = text[at] is '\\' || Follows(text, at, "$${") || Follows(text, at, "%%{") ? at + 2
                : Follows(text, at, "${") || Follows(text, at, "%{") ? AfterTemplate(text, at + 2)
                : at + 1;
        }

        return Math.Min(at + 1, text.Length);
    }

    private static int AfterTemplate(string text, int at)
    {
        for (var depth = 1; at < text.Length && depth > 0;)
        {
            if (text[at] is '"')
            {
                at = AfterString(text, at);
                continue;
            }

            depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            at++;
        }

        return at;
    }

    // `<<NAME` or `<<-NAME`, up to a line that holds nothing but the name. The line break behind that stays: it ends the attribute.
    private static (string Content, int After)? Heredoc(string text, int at)
    {
        var name = at + (Follows(text, at, "<<-") ? 3 : 2);
        var lineEnd = Until(text, "\n", name);
        var marker = text[name..lineEnd].Trim();

        if (marker is "" || !marker.All(character => IsWord(character) || character is '-'))
        {
            return null;
        }

        var from = Math.Min(lineEnd + 1, text.Length);

        for (var start = from; start < text.Length;)
        {
            var end = Until(text, "\n", start);

            if (text.AsSpan(start, end - start).Trim().SequenceEqual(marker))
            {
                return (text[from..start], end);
            }

            start = end + 1;
        }

        return (text[from..], text.Length);
    }
}
