using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Causeway.LoadScenarios;

/// <summary>How the command line takes a time.</summary>
public static partial class Durations
{
    /// <summary>The option <c>--duration</c>.</summary>
    public static Option<TimeSpan?> Option(string description) => new("--duration")
    {
        Description = description,
        HelpName = "time",
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;

        if (Text().Match(text) is { Success: true } match && double.Parse(match.Groups[1].Value) is > 0 and var number)
        {
            return match.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromSeconds(number),
            };
        }

        argument.AddError($"`{text}` is not a time: write 30s, 5m or 1h.");

        return null;
    }

    [GeneratedRegex(@"^(\d{1,5}(?:\.\d+)?)(s|m|h)$")]
    private static partial Regex Text();
}
