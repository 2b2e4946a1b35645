using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Releases;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway promote</c>: what runs in one environment is to run in another. Copies pins, and nothing else.</summary>
internal static class Promote
{
    private static readonly Argument<string> From = new("from") { Description = "The environment whose pins are copied." };

    private static readonly Argument<string> To = new("to") { Description = "The environment that gets them." };

    private static readonly Argument<string[]> Workloads = new("workload")
    {
        Description = "Only these; without one, all that <from> has a release of.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> FromRef = new("--from-ref")
    {
        Description = "A git reference: the pins as they were at that commit. With one environment named twice, this goes back in it.",
        HelpName = "ref",
    };

    private static readonly Option<string?> Markdown = new("--markdown")
    {
        Description = "Write what changed to this file, for a pull request's text.",
        HelpName = "file",
    };

    public static Command Verb()
    {
        var command = new Command("promote", "Copy the pins of releases from one environment to another; backwards, or from an earlier commit, roll back.")
        {
            From, To, Workloads, FromRef, Markdown,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, stop));

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var request = new PromotionRequest(
            parsed.GetValue(From)!,
            parsed.GetValue(To)!,
            // Forms hand on what was typed as one text, and an empty one where nothing was.
            [.. (parsed.GetValue(Workloads) ?? []).SelectMany(names => names.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            parsed.GetValue(FromRef) is { Length: > 0 } reference ? reference : null);
        var changes = await new Promotion(Repository.Find()).MakeAsync(request, stop);

        if (changes is [])
        {
            var source = request.AtReference is { } at ? $"{request.From} ran at {at}" : $"{request.From} runs";
            Console.WriteLine($"nothing to promote: {request.To} has the pins of what {source}");
        }

        return PinReport.Show(changes, parsed.GetValue(Markdown));
    }
}
