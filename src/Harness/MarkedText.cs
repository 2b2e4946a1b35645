namespace Causeway.Harness;

/// <summary>A part of a document that is generated, between two lines that mark it.</summary>
public static class MarkedText
{
    /// <summary>The document with the part between <c>&lt;!-- BEGIN_NAME --&gt;</c> and <c>&lt;!-- END_NAME --&gt;</c> replaced.</summary>
    /// <returns>Null where it does not have both markers, each in a line of its own.</returns>
    public static string? Insert(string document, string name, string part)
    {
        var (first, last) = ($"\n<!-- BEGIN_{name} -->\n", $"\n<!-- END_{name} -->\n");
        var (begin, end) = (document.IndexOf(first, StringComparison.Ordinal), document.IndexOf(last, StringComparison.Ordinal));

        return begin < 0 || end < begin ? null : $"{document[..(begin + first.Length)]}{part}{document[(end + 1)..]}";
    }
}
