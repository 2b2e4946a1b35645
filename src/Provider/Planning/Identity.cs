using System.Text.RegularExpressions;

namespace Causeway.Provider.Planning;

/// <summary>
/// Texts by which the cloud knows its resources: ARNs, and the ids EC2 gives out since 2016 (a kind, and 17 hexadecimal digits that begin with 0).
/// </summary>
internal static partial class Identity
{
    public static bool IsIdentity(string text) => IsArn(text) || IsId(text);

    public static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':').Length >= 6;

    public static bool IsId(string text) => text.Length is > 18 and < 60 && Id().IsMatch(text);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*-0[0-9a-f]{16}$")]
    private static partial Regex Id();
}
