using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Workflows;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway comment</c>: reports put together as one comment of a pull request.</summary>
internal static class Comment
{
    private static readonly Argument<string[]> Reports = new("report")
    {
        Description = "Files of markdown, or folders of them, in order.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> To = new("--to") { Description = "The file that gets the comment.", HelpName = "file", Required = true };

    public static Command Verb()
    {
        var command = new Command("comment", "Put reports together as one comment of a pull request, in the length that GitHub takes.") { Reports, To };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(Reports)!, parsed.GetValue(To)!)));

        return command;
    }

    private static int Run(string[] reports, string to)
    {
        string[] files =
        [
            .. reports.SelectMany<string, string>(report => Directory.Exists(report)
                ? Directory.EnumerateFiles(report, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                : [report]),
        ];

        if (files is [] || files.FirstOrDefault(file => !File.Exists(file)) is not null)
        {
            throw new UsageException(
                $"There is no report {files.FirstOrDefault(file => !File.Exists(file)) ?? $"in {string.Join(", ", reports)}"}.",
                "Write it first: `./causeway plan --against <ref> --markdown <file>`.");
        }

        var comment = PullRequestComment.Of([.. files.Select(file => (NameOf(file), File.ReadAllText(file)))]);
        File.WriteAllText(to, comment);
        Console.WriteLine($"reports: {files.Length} in {to}, {comment.Length} characters");

        return 0;
    }

    // A number in front of a name is for their order.
    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file).TrimStart([.. "0123456789-"]);
}
