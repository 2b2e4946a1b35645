using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Workflows.Rules;

/// <summary>
/// What a pull request starts has rights only where its branch is in this repository; every other job with a cloud's rights belongs to an environment.
/// </summary>
internal sealed class Forks() : WorkflowRule(
    "GHA-10", "A pull request runs code that was not reviewed: with rights or secrets, anyone who can open one has them.")
{
    /// <summary>Part of <c>if</c> that keeps forks out.</summary>
    public const string Guard = "github.event.pull_request.head.repo.full_name == github.repository";

    public override IEnumerable<string> Problems(WorkflowFile file)
    {
        var ofPullRequests = file.Triggers.Contains("pull_request");

        if (ofPullRequests && WorkflowFile.Field(file.Root, "env") is { } environment && HasSecret(environment))
        {
            yield return $"{WorkflowFile.Line(environment)}: every job of a pull request is given a secret; give it to the step that needs it";
        }

        foreach (var job in file.Jobs)
        {
            string[] rights =
            [
                .. WorkflowFile.Fields(WorkflowFile.Field(job.Node, "permissions"))
                    .Where(permission => (permission.Value as YamlScalarNode)?.Value is "write")
                    .Select(permission => $"{permission.Name}: write"),
                .. HasSecret(job.Node) ? ["a secret"] : Array.Empty<string>(),
            ];

            if (ofPullRequests && rights is not [] && !IsGuarded(job))
            {
                yield return $"{WorkflowFile.Line(job.Key)}: job {job.Name} has {string.Join(" and ", rights)} in pull requests of forks; " +
                    $"write if: {Guard}";
            }

            if (!ofPullRequests && rights.Contains("id-token: write") && WorkflowFile.Field(job.Node, "environment") is null)
            {
                yield return $"{WorkflowFile.Line(job.Key)}: job {job.Name} takes a role and belongs to no environment of GitHub; " +
                    "write environment: …, whose reviewers decide";
            }
        }
    }

    // An alternative beside it would let others in.
    private static bool IsGuarded(WorkflowJob job) =>
        WorkflowFile.TextOf(job.Node, "if") is { } condition
            && condition.Contains(Guard, StringComparison.Ordinal) && !condition.Contains("||", StringComparison.Ordinal);

    private static bool HasSecret(YamlNode node) =>
        WorkflowFile.Texts(node).Any(text => text.Value?.Contains("secrets.", StringComparison.Ordinal) is true);
}
