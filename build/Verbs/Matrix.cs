using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Workflows;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway matrix</c>: the environments and images that workflows run jobs for.</summary>
internal static class Matrix
{
    private static readonly Argument<string> First = new("environment") { Description = "The environment whose releases are pinned after a merge." };

    public static Command Verb()
    {
        var command = new Command("matrix", "List environments, and the images that lag behind this commit, as outputs of a workflow's step.") { First };
        command.SetAction(async (parsed, stop) =>
        {
            StepOutputs.Write((await GitHubMatrix.OfAsync(Repository.Find(), parsed.GetValue(First)!, stop)).Outputs);

            return 0;
        });

        return command;
    }
}
