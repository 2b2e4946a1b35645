using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Argo.Templates;

/// <summary>
/// A Go template written so that Helm evaluates it as Argo CD does with <c>missingkey=error</c>. Helm has no such switch: it prints nothing for a key that
/// is missing. So each reference <c>.a.b</c> becomes an expression that asks for each key first, and fails by its name; a branch that is not taken asks
/// nothing, as in Argo CD. The rest of the text stays as it is.
/// </summary>
internal static partial class StrictTemplate
{
    private static readonly HashSet<string> Words = ["if", "else", "end", "range", "with", "break", "continue", "nil", "true", "false"];

    /// <summary>Whether a text has anything to evaluate.</summary>
    public static bool IsTemplate(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <exception cref="FormatException">It uses what Argo CD or Helm has not, or an action is never closed.</exception>
    public static string Of(string text)
    {
        var result = new StringBuilder();
        var at = 0;

        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var action = Action().Match(text, start);

            if (!action.Success)
            {
                throw new FormatException($"the action that begins with {Short(text[start..])} is not closed");
            }

            var body = action.Groups["body"].Value;
            result.Append(text, at, start - at)
                .Append(action.Groups["open"].Value)
                .Append(body.TrimStart().StartsWith("/*", StringComparison.Ordinal) ? body : Body(body))
                .Append(action.Groups["close"].Value);
            at = start + action.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static string Body(string body)
    {
        var result = new StringBuilder();
        var parentheses = new Stack<int>();

        foreach (Match token in Token().Matches(body))
        {
            var fields = token.Groups["fields"].Value;

            if (token.Groups["open"].Success)
            {
                parentheses.Push(result.Length);
                result.Append('(');
            }
            else if (token.Groups["shut"].Success)
            {
                var from = parentheses.TryPop(out var opened)
                    ? opened
                    : throw new FormatException($"{Short(body.Trim())} closes a parenthesis that is not open");
                result.Append(')');
                var head = result.ToString(from, result.Length - from);
                result.Length = from;
                result.Append(Checked(head, "the result", fields));
            }
            else if (token.Groups["variable"].Success)
            {
                result.Append(Checked(token.Groups["variable"].Value, token.Groups["variable"].Value, fields));
            }
            else if (token.Groups["dot"].Success)
            {
                result.Append(fields is "" ? "." : Checked("", "", fields));
            }
            else if (token.Groups["name"].Success)
            {
                result.Append(Name(token.Value));
            }
            else
            {
                result.Append(token.Value);
            }
        }

        return result.ToString();
    }

    private static string Name(string name) => name switch
    {
        "define" or "block" or "template" => throw new FormatException($"{name} is not supported here: write the text where it is used"),
        "fromJson" => "mustFromJson", // Sprig's, as Argo CD has it: Helm puts one of its own in its place, which reads no lists
        _ when Words.Contains(name) => name,
        _ => TemplateFunctions.Problem(name) is { } problem ? throw new FormatException(problem) : name,
    };

    // `and` and `or` end at the first that decides. A map of another type, as `split` makes, is asked as JSON.
    private static string Checked(string head, string shown, string fields)
    {
        if (fields is "")
        {
            return head;
        }

        var checks = new StringBuilder();
        var (path, place) = (head, shown);

        foreach (var field in fields[1..].Split('.'))
        {
            var of = path is "" ? "." : path;
            var from = place is "" ? "there is no parameter" : $"{place} has no key";
            checks.Append(
                $"(or (not (kindIs \"map\" {of})) (hasKey (mustFromJson (toJson {of})) {JsonSerializer.Serialize(field)}) " +
                $"(fail (printf {JsonSerializer.Serialize($"{from} {field}, only %s")} (keys (mustFromJson (toJson {of})) | sortAlpha | join \", \")))) ");
            (path, place) = ($"{path}.{field}", $"{place}.{field}");
        }

        return $"(and {checks}{path})";
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    // A string may hold braces.
    [GeneratedRegex("""\G(?<open>\{\{(?:-(?=\s))?)(?<body>\s*/\*.*?\*/\s*|(?:"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])+'|(?!\}\}|\s-\}\}).)*)(?<close>(?:\s-)?\}\})""", RegexOptions.Singleline)]
    private static partial Regex Action();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])+'
        |(?<variable>\$\w*)(?<fields>(?:\.[A-Za-z_]\w*)*)
        |(?<dot>\.(?![A-Za-z_0-9]))
        |(?<dot>)(?<fields>(?:\.[A-Za-z_]\w*)+)
        |(?<open>\()
        |(?<shut>\))(?<fields>(?:\.[A-Za-z_]\w*)*)
        |(?<name>[A-Za-z_]\w*)
        |[0-9.][\w.]*
        |.
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Token();
}
