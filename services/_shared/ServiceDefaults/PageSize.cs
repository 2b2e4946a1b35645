using System.Globalization;

namespace Causeway.ServiceDefaults;

/// <summary>How many entries of a list a client wants at once.</summary>
public static class PageSize
{
    /// <param name="limit">The query's `limit`; without it, <paramref name="otherwise"/>.</param>
    /// <exception cref="ProblemException">400: not a number from 1 to <paramref name="max"/>.</exception>
    public static int Parse(string? limit, int otherwise, int max) => limit is null ? otherwise
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= max ? size
        : throw Problem.Invalid("limit", $"must be from 1 to {max}");
}
