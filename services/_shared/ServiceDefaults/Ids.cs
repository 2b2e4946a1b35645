using System.Buffers;

namespace Causeway.ServiceDefaults;

/// <summary>Identifiers that clients choose: 1 to 64 ASCII letters, digits, dots, underscores and dashes, the first a letter or digit.</summary>
public static class Ids
{
    public const string Rule = "must be 1 to 64 characters of A-Z a-z 0-9 . _ - and begin with a letter or digit";

    /// <summary>The same as a regular expression.</summary>
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid(string? id) =>
        id is { Length: >= 1 and <= 64 } && char.IsAsciiLetterOrDigit(id[0]) && !id.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Returns <paramref name="id"/>, which came in a route, query or header.</summary>
    /// <exception cref="ProblemException">400: missing or malformed.</exception>
    public static string Require(string? id, string field) =>
        IsValid(id) ? id! : throw Problem.Invalid(field, string.IsNullOrEmpty(id) ? "is required" : Rule);
}
