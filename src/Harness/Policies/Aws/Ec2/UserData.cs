using System.Text;
using System.Text.RegularExpressions;

namespace Causeway.Harness.Policies.Aws.Ec2;

internal sealed partial class UserData() : ResourcePolicy(
    "EC2-3",
    "Every program on an instance reads its user data, and every reader of the account too; it stays in all versions of a template.",
    ["CKV_AWS_46", "AWS-0029", "AWS-0129"],
    ["aws_launch_template", "aws_instance"])
{
    public override Verdict Judge(Subject subject) => subject.Resource.Type is "aws_launch_template"
        ? Text(subject, "user_data", isEncoded: true)
        : Verdict.WorstOf(Text(subject, "user_data", isEncoded: false), Text(subject, "user_data_base64", isEncoded: true));

    private static Verdict Text(Subject subject, string attribute, bool isEncoded) => subject.Value(attribute) switch
    {
        { IsKnown: false } => subject.HasExpression(attribute) ? Verdict.Unknown(attribute) : Verdict.Pass,
        { Value: { } value } when Secret().Match(isEncoded ? Decoded((string?)value) : (string?)value ?? "") is { Success: true } found =>
            Verdict.Fail($"its {attribute} holds a secret ({Kind(found)}): let the instance read it from Secrets Manager in its role"),
        _ => Verdict.Pass,
    };

    // What is not Base64 is refused by EC2; it is read as it is.
    private static string Decoded(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];

        return Convert.TryFromBase64String(text ?? "", bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text ?? "";
    }

    // The secret itself is not printed.
    private static string Kind(Match found) =>
        found.Groups["name"] is { Success: true } name ? name.Value : found.Value.StartsWith('-') ? "a private key" : "an access key of AWS";

    // An access key; a private key; a name of a secret with a value behind it, other than what a command or a variable gives.
    [GeneratedRegex(
        """
        \b(AKIA|ASIA)[0-9A-Z]{16}\b
        |-----BEGIN[A-Z\ ]*PRIVATE\ KEY-----
        |(?i:(?<name>[\w-]*(password|passwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key)[\w-]*))["']?\s*[=:]\s*["']?[^\s"'$`<{(][^\s"']{3,}
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Secret();
}
