using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Releases;
using Causeway.Harness.Workflows;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway publish</c>: builds a component's image for an environment's machines and pushes it to that environment's registry.</summary>
internal static class Publish
{
    private static readonly Argument<string> Environment = new("environment") { Description = "The environment that is to run it." };

    private static readonly Argument<string> Image = new("image") { Description = "The image, <workload>-<component>." };

    private static readonly Option<string> Digests = new("--digests")
    {
        Description = "Folder that gets a file <workload>/<component> with the digest, for `pin --digests`.",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string?> Archive = new("--archive")
    {
        Description = "Write the image to this OCI archive, and push nothing.",
        HelpName = "file",
    };

    private static readonly Option<string?> Base = new("--base") { Description = "Another base than the registry's of images/bases.yaml.", HelpName = "image" };

    public static Command Verb()
    {
        var command = new Command("publish", "Build a component's image for an environment's machines, and push it to that environment's registry.")
        {
            Environment, Image, Digests, Archive, Base,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var published = await new ImagePublisher(Repository.Find(), Console.WriteLine).PublishAsync(
                parsed.GetValue(Environment)!, parsed.GetValue(Image)!, parsed.GetValue(Digests)!, stop, parsed.GetValue(Archive), parsed.GetValue(Base));
            StepOutputs.Write([$"name={published.Reference}", $"digest={published.Digest}", $"sources={published.Sources}"]);

            return 0;
        });

        return command;
    }
}
