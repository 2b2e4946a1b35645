using System.Text.RegularExpressions;

namespace Causeway.Offline.Repository;

/// <summary>A word that a reader stumbles over, and what to write in its place. Add one here; this file is the only one that may use them.</summary>
/// <param name="Refused">A regular expression over words in any case. Identifiers count as words: <c>ItBegins_anew</c> is “It Begins anew”.</param>
/// <param name="Better">What the message recommends.</param>
/// <param name="Wrong">Lines that must be refused.</param>
/// <param name="Right">Lines that look alike and must not be.</param>
internal sealed partial record PlainWord(string Refused, string Better, string[] Wrong, params string[] Right)
{
    /// <summary>Where this table is.</summary>
    public const string File = "tests/Offline/Repository/PlainWord.cs";

    private readonly Regex expression = new($@"\b(?:{Refused})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled);

    public static IReadOnlyList<PlainWord> All { get; } =
    [
        new(
            "nobody|no one(?!-)",
            "what is missing, or who does not: `is not read`",
            ["it is nobody's", "Nobody_answers", "seen by no one"],
            "no one-way street"),
        new("somebody", "someone, or the one who does it", ["somebody else's", "TellSomebody()"], "someone"),
        new("whoever", "who does it, or `what`", ["Whoever takes over", "Whoever_asks"], "whatever"),
        new("anew", "again", ["it begins anew", "Anew_each_time"], "a new one", "renew"),
        new("as good as", "almost, or `is treated as`", ["as good as none"], "at least as well", "a good one"),
        new("mend(s|ed|ing)?", "fix, correct", ["mend it", "MendState()", "before it is mended"], "amend", "recommended"),
        new("misfits?", "violation", ["misfits", "Misfit(schema)"], "does not fit"),
        new("strangers?", "unexpected", ["a stranger", "Strangers_are_named"], "strange"),
        new("hinder(s|ed|ing)?", "prevent, or `ignores`", ["hinders none of that"], "prevents", "behind"),
        new("lest", "so that … not", ["lest it be lost"], "at least", "latest"),
        new("in vain", "what did not happen: `timed out`", ["waited in vain"], "in values"),
        new("for want of", "without, for lack of", ["for want of access"], "what it wants"),
        new("(to be|is|are|was|were) had", "can be fetched, is available", ["is not to be had", "how access is had"], "it had been"),
        new(
            @"(?<!\bthere )(?:is|are|was|were) (?-i:no)(?= [a-z])(?! (?:longer|more|less|fewer|such|other))",
            "is not a",
            ["it is no key", "What_is_no_token_is_refused", "strings that are no ARNs"],
            "there is no key",
            "There are no files",
            "Where_there_is_no_key",
            "it is no longer used",
            "is no more than 5",
            "is not a key",
            "the answer is no, then",
            "code is NoReason",
            "was none",
            "is normal"),
    ];

    /// <summary>The refused words of a text, as <c>file:line: what to write</c>.</summary>
    public static IReadOnlyList<string> Violations(string file, string text) =>
    [
        .. text.Split('\n')
            .Select(Words)
            .SelectMany((words, at) => All.SelectMany(word =>
                word.expression.Matches(words).Select(match => $"{file}:{at + 1}: “{match.Value}”: write {word.Better}")))
    ];

    // Underscores and capitals end a word.
    private static string Words(string line) => Capital().Replace(line.Replace('_', ' '), " ");

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Capital();
}
