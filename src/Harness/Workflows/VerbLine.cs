using System.Text.RegularExpressions;

namespace Causeway.Harness.Workflows;

/// <summary>
/// A line of a workflow that runs one verb of <c>./causeway</c>, and nothing that a shell would have to interpret but variables in double quotes.
/// </summary>
/// <param name="Words">The words after <c>./causeway</c>, as they stand there; <c>$NAME</c> and <c>${NAME}</c> are variables.</param>
public sealed partial record VerbLine(IReadOnlyList<string> Words)
{
    private const string Program = "./causeway";

    /// <summary>Names of the variables in it.</summary>
    public IReadOnlyList<string> Variables => [.. Words.SelectMany(word => Variable().Matches(word).Select(match => match.Groups["name"].Value)).Distinct()];

    /// <summary>The line as it was, without its quotes.</summary>
    public override string ToString() => string.Join(' ', [Program, .. Words]);

    /// <summary>Reads a line.</summary>
    /// <returns>Null where it is anything else than one verb.</returns>
    public static VerbLine? Parse(string text) => Whole().Match(text.Trim()) is { Success: true } match
        ? new VerbLine([.. match.Groups["word"].Captures.Select(word => word.Value.Replace("\"", "", StringComparison.Ordinal))])
        : null;

    /// <summary>The words with each variable's value in its place.</summary>
    public IReadOnlyList<string> With(Func<string, string> valueOf) =>
        [.. Words.Select(word => Variable().Replace(word, match => valueOf(match.Groups["name"].Value)))];

    // A variable outside of quotes would be split into words.
    [GeneratedRegex(
        """^\./causeway(?: +(?<word>(?:[A-Za-z0-9_./:=@,+~^-]|"(?:[^"$`\\\n]|\$[A-Z_][A-Z0-9_]*|\$\{[A-Z_][A-Z0-9_]*\})*")+))+$""")]
    private static partial Regex Whole();

    [GeneratedRegex("""\$\{?(?<name>[A-Z_][A-Z0-9_]*)\}?""")]
    private static partial Regex Variable();
}
