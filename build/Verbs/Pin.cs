using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Releases;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway pin</c>: writes what was just built into the releases of an environment.</summary>
internal static class Pin
{
    private static readonly Argument<string> Environment = new("environment") { Description = "The environment that is to run what was built." };

    private static readonly Argument<string?> Workload = new("workload")
    {
        Description = "The workload that was built; left out with --digests.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Revision = new("--revision")
    {
        Description = "The commit that it was built from, 40 hexadecimal digits.",
        HelpName = "commit",
        Required = true,
    };

    private static readonly Option<string[]> Images = new("--image")
    {
        Description = "Digest of a component's image, component=sha256:…; once for each.",
        HelpName = "component=digest",
    };

    private static readonly Option<string?> Digests = new("--digests")
    {
        Description = "A folder with a file <workload>/<component> for each image, with its digest in it.",
        HelpName = "folder",
    };

    private static readonly Option<string?> Markdown = new("--markdown")
    {
        Description = "Write what changed to this file, for a pull request's text.",
        HelpName = "file",
    };

    public static Command Verb()
    {
        var command = new Command("pin", "Write revision and digests of what was just built into the releases of an environment.")
        {
            Environment, Workload, Revision, Images, Digests, Markdown,
        };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed)));

        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (environment, workload, revision) = (parsed.GetValue(Environment)!, parsed.GetValue(Workload), parsed.GetValue(Revision)!);
        var (images, folder) = (parsed.GetValue(Images) ?? [], parsed.GetValue(Digests));
        var pinning = new Pinning(Repository.Find());
        var changes = (workload, images, folder) switch
        {
            (not null, not [], null) => pinning.Pin(environment, workload, revision, images.Select(Image).ToDictionary()),
            (null, [], not null) => pinning.PinFolder(environment, revision, folder),
            _ => throw new UsageException(
                "What was built is not named, or named twice.", "Name a workload with --image for each of its images, or --digests <folder> alone."),
        };

        if (changes is [])
        {
            Console.WriteLine($"nothing to pin: {environment} has these pins already");
        }

        return PinReport.Show(changes, parsed.GetValue(Markdown));
    }

    private static KeyValuePair<string, string> Image(string text) => text.Split('=', 2) is [var component, var digest]
        ? KeyValuePair.Create(component, digest)
        : throw new UsageException($"--image {text} has no digest.", "Write --image component=sha256:….");
}
