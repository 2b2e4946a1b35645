namespace Causeway.Harness.Terraform.Hcl;

/// <summary>Three numbers and, rarely, a pre-release.</summary>
public sealed record ReleaseVersion(int Major, int Minor, int Patch, string Pre)
{
    public static ReleaseVersion? TryParse(string text)
    {
        var halves = text.Split('+')[0].Split('-', 2);
        int?[] numbers = [.. halves[0].Split('.').Select(part => int.TryParse(part, out var number) ? number : (int?)null)];

        return numbers.Length is > 0 and <= 3 && numbers.All(number => number is not null)
            ? new(numbers[0]!.Value, numbers.ElementAtOrDefault(1) ?? 0, numbers.ElementAtOrDefault(2) ?? 0, halves.ElementAtOrDefault(1) ?? "")
            : null;
    }

    public ReleaseVersion Next() => this with { Patch = Patch + 1, Pre = "" };

    /// <summary>Less than 0 where this version precedes the other.</summary>
    public int CompareTo(ReleaseVersion other) =>
        (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch)) is var order && order != 0
            ? order
            : (Pre is "", other.Pre is "") switch
            {
                (true, false) => 1,
                (false, true) => -1,
                _ => string.CompareOrdinal(Pre, other.Pre),
            };

    public override string ToString() => $"{Major}.{Minor}.{Patch}{(Pre is "" ? "" : $"-{Pre}")}";
}
