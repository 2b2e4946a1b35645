using System.Text;

namespace Causeway.Harness.Terraform;

/// <summary>One pass over the text of a Terraform file. Syntax: https://developer.hashicorp.com/terraform/language/syntax/configuration</summary>
internal sealed class HclReader(string text, string file)
{
    private int at;
    private int line = 1;

    private char Here => at < text.Length ? text[at] : '\0';

    private char Next => at + 1 < text.Length ? text[at + 1] : '\0';

    /// <summary>What stands between two braces, or in the whole file.</summary>
    public (Dictionary<string, string> Texts, Dictionary<string, IReadOnlyDictionary<string, string>> Objects, List<HclBlock> Blocks) Body()
    {
        var (texts, objects, blocks) = (new Dictionary<string, string>(), new Dictionary<string, IReadOnlyDictionary<string, string>>(), new List<HclBlock>());

        while (true)
        {
            SkipSpace(lines: true);

            if (Here is '\0' or '}')
            {
                return (texts, objects, blocks);
            }

            if (!IsName(Here) && Here is not '"')
            {
                Step();

                continue;
            }

            var start = line;
            var name = Here is '"' ? Quoted() ?? "" : Name();
            SkipSpace(lines: false);

            if (Here is '=' or ':')
            {
                Step();
                SkipSpace(lines: false);
                Attribute(name, texts, objects);

                continue;
            }

            if (Block(name, start) is { } block)
            {
                blocks.Add(block);
            }
        }
    }

    private void Attribute(string name, Dictionary<string, string> texts, Dictionary<string, IReadOnlyDictionary<string, string>> objects)
    {
        if (Here is '{')
        {
            var (before, beforeLine) = (at, line);
            Step();
            SkipSpace(lines: true);

            // `{ for …` is no object of attributes.
            if (Here is '"' || (IsName(Here) && !text.AsSpan(at).StartsWith("for ")))
            {
                objects[name] = Body().Texts;
                Step();

                return;
            }

            (at, line) = (before, beforeLine);
        }

        var literal = Here is '"' ? Quoted() : null;
        SkipSpace(lines: false);

        if (literal is not null && Here is '\n' or '\r' or '\0' or '}' or ',' or '#')
        {
            texts[name] = literal!;
        }

        SkipExpression();
    }

    private HclBlock? Block(string type, int start)
    {
        var labels = new List<string>();

        while (Here is '"' || IsName(Here))
        {
            labels.Add(Here is '"' ? Quoted() ?? "" : Name());
            SkipSpace(lines: false);
        }

        if (Here is not '{')
        {
            SkipExpression();

            return null;
        }

        Step();
        var (texts, objects, blocks) = Body();
        Step();

        return new HclBlock(type, labels, file, start, texts, blocks) { Objects = objects };
    }

    // To the end of the line the expression ends on; brackets, texts and here-documents may span lines.
    private void SkipExpression()
    {
        for (var depth = 0; Here is not '\0';)
        {
            switch (Here)
            {
                case '\n' when depth == 0:
                case ',' when depth == 0:
                case '}' when depth == 0:
                    return;
                case '"':
                    Quoted();
                    break;
                case '<' when Next is '<':
                    HereDocument();
                    break;
                case '#':
                case '/' when Next is '/' or '*':
                    SkipSpace(lines: false);
                    break;
                default:
                    depth += Here is '(' or '[' or '{' ? 1 : Here is ')' or ']' or '}' ? -1 : 0;
                    Step();
                    break;
            }
        }
    }

    /// <summary>The text between quotes, or null where it is a template with something to evaluate.</summary>
    private string? Quoted()
    {
        var value = new StringBuilder();
        var literal = true;
        Step();

        while (Here is not '"' and not '\0' and not '\n')
        {
            if (Here is '\\')
            {
                Step();
                value.Append(Here is 'n' ? '\n' : Here is 't' ? '\t' : Here);
                Step();
            }
            else if (Here is '$' or '%' && Next == Here && text.AsSpan(at + 2).StartsWith("{"))
            {
                // `$${` stands for `${` itself.
                value.Append(Here).Append('{');
                at += 3;
            }
            else if (Here is '$' or '%' && Next is '{')
            {
                literal = false;
                Step();
                Step();
                SkipTemplate();
            }
            else
            {
                value.Append(Here);
                Step();
            }
        }

        Step();

        return literal ? value.ToString() : null;
    }

    private void SkipTemplate()
    {
        for (var depth = 1; depth > 0 && Here is not '\0';)
        {
            if (Here is '"')
            {
                Quoted();

                continue;
            }

            depth += Here is '{' ? 1 : Here is '}' ? -1 : 0;
            Step();
        }
    }

    private void HereDocument()
    {
        at += 2;
        at += Here is '-' ? 1 : 0;
        var mark = Name();

        if (mark is "")
        {
            return;
        }

        while (Here is not '\0')
        {
            SkipLine();
            Step();
            var end = text.IndexOf('\n', at) is var found && found < 0 ? text.Length : found;

            if (text.AsSpan(at, end - at).Trim().SequenceEqual(mark))
            {
                at = end;

                return;
            }
        }
    }

    private void SkipSpace(bool lines)
    {
        while (true)
        {
            if (Here is ' ' or '\t' or '\r' || (lines && Here is '\n' or ','))
            {
                Step();
            }
            else if (Here is '#' || (Here is '/' && Next is '/'))
            {
                SkipLine();
            }
            else if (Here is '/' && Next is '*')
            {
                while (Here is not '\0' && !(Here is '*' && Next is '/'))
                {
                    Step();
                }

                Step();
                Step();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLine()
    {
        while (Here is not '\n' and not '\0')
        {
            Step();
        }
    }

    private string Name()
    {
        var start = at;

        while (IsName(Here))
        {
            Step();
        }

        return text[start..at];
    }

    private void Step()
    {
        line += Here is '\n' ? 1 : 0;
        at = Math.Min(at + 1, text.Length);
    }

    private static bool IsName(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '-';
}
