using Causeway.ServiceDefaults;

namespace Orders.Gateway;

/// <summary>
/// The header Idempotency-Key: a string as RFC 8941 writes it, in quotes, or the same characters bare. A key is the same in either form.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>Of the whole header. Within quotes a blank is allowed, and `\"` and `\\` stand for a quote and a backslash.</summary>
    public const string Pattern = """^([!#-+\x2d-\[\]-~]{1,255}|"([ !#-\[\]-~]|\\["\\]){1,255}")$""";

    private const string Rule = "must be 1 to 255 printable ASCII characters, in quotes, or bare without blanks, commas, quotes and backslashes";

    /// <exception cref="ProblemException">400: missing or malformed.</exception>
    public static string Require(string? header) => Parse(header) ?? throw Problem.Invalid(Header, string.IsNullOrEmpty(header) ? "is required" : Rule);

    /// <returns>Null when <paramref name="header"/> is not a key.</returns>
    internal static string? Parse(string? header)
    {
        var key = header is ['"', .. var inner, '"'] ? Unquote(inner)
            : header is not null && header.All(letter => letter is > ' ' and <= '~' and not ('"' or '\\' or ',')) ? header
            : null;

        return key is { Length: >= 1 and <= MaxLength } ? key : null;
    }

    private static string? Unquote(string inner)
    {
        var key = new System.Text.StringBuilder(inner.Length);

        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length && inner[i + 1] is '"' or '\\')
            {
                key.Append(inner[++i]);
            }
            else if (inner[i] is >= ' ' and <= '~' and not ('"' or '\\'))
            {
                key.Append(inner[i]);
            }
            else
            {
                return null;
            }
        }

        return key.ToString();
    }
}
