using System.Globalization;
using System.Text.RegularExpressions;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// What the name of an instance type says: <c>m7g.2xlarge</c> is the seventh generation of the general family on Graviton, with eight processors.
/// Memory follows from the family; the finer facts (bandwidths, limits of interfaces) are those of a usual type of that size. Source:
/// https://docs.aws.amazon.com/ec2/latest/instancetypes/.
/// </summary>
internal sealed partial record InstanceType(string Name, string Family, int Generation, string Traits, string Size, int Processors, int MemoryMiB)
{
    public bool IsArm => Family is "a" || Traits.Contains('g', StringComparison.Ordinal) && Family is not ("g" or "p");

    public bool IsBurstable => Family is "t";

    public bool IsBareMetal => Size.StartsWith("metal", StringComparison.Ordinal);

    public bool HasDisks => Traits.Contains('d', StringComparison.Ordinal) || Family is "i" or "d" or "h";

    public bool IsNitro => Generation >= (Family is "t" or "g" or "p" ? 3 : 5) || Family is "a";

    /// <summary>Network interfaces, and addresses on each.</summary>
    public (int Interfaces, int Addresses) Network => Processors switch
    {
        _ when Size is "nano" or "micro" => (2, 2),
        _ when Size is "small" => (3, 4),
        _ when Size is "medium" => (3, 6),
        <= 2 => (3, IsBurstable ? 12 : 10),
        <= 8 => (4, 15),
        <= 48 => (8, 30),
        _ => (15, 50),
    };

    /// <summary>Null where the text does not name a type.</summary>
    public static InstanceType? Parse(string name)
    {
        if (Form().Match(name) is not { Success: true } match)
        {
            return null;
        }

        var family = match.Groups["family"].Value;
        var size = match.Groups["size"].Value;
        var processors = size switch
        {
            "nano" or "micro" or "small" => family is "t" ? 2 : 1,
            "medium" => family is "t" ? 2 : 1,
            "large" => 2,
            "xlarge" => 4,
            "metal" => 96,
            _ => 4 * int.Parse(Digits().Match(size).Value, CultureInfo.InvariantCulture),
        };
        var memory = (family, size) switch
        {
            ("t", "nano") => 512,
            ("t", "micro") => 1024,
            ("t", "small") => 2048,
            ("t", "medium") => 4096,
            ("c", _) => 2048 * processors,
            ("r" or "i" or "z", _) => 8192 * processors,
            ("x", _) => 16384 * processors,
            _ => 4096 * processors,
        };

        return new(
            name, family, int.Parse(match.Groups["generation"].Value, CultureInfo.InvariantCulture), match.Groups["traits"].Value, size, processors, memory);
    }

    [GeneratedRegex(
        @"^(?<family>[a-z]+)(?<generation>\d+)(?<traits>[a-z-]*)\.(?<size>nano|micro|small|medium|large|xlarge|\d+xlarge|metal|metal-\d+xl)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
