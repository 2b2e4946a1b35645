namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>An Amazon Resource Name. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html.</summary>
internal sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <exception cref="FormatException">It is none, in the words of AWS's SDK.</exception>
    public static Arn Parse(string text) => text.Split(':', 6) switch
    {
        ["arn", var partition, var service, var region, var account, var resource] => new(partition, service, region, account, resource),
        ["arn", ..] => throw new FormatException("arn: not enough sections"),
        _ => throw new FormatException("arn: invalid prefix"),
    };

    public static Arn? TryParse(string text) =>
        text.StartsWith("arn:", StringComparison.Ordinal) && text.Count(character => character == ':') >= 5 ? Parse(text) : null;

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";
}
