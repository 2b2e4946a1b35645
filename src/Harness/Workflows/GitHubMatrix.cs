using System.Text.Json;
using Causeway.Harness.Releases;

namespace Causeway.Harness.Workflows;

/// <summary>An environment for a matrix of jobs.</summary>
/// <param name="Plan">ARN of the role that pull requests take.</param>
/// <param name="Apply">ARN of the role that the GitHub environment of the same name takes.</param>
public sealed record MatrixEnvironment(string Name, string Region, string Plan, string Apply);

/// <summary>An image for a matrix of jobs.</summary>
public sealed record MatrixImage(string Name, string Workload, string Component);

/// <summary>
/// What a workflow runs a job for each of. So no workflow names an environment or a workload, and none is changed when one is added.
/// </summary>
/// <param name="First">The environment whose releases are pinned after a merge.</param>
/// <param name="Environments">Those of a cloud that say which repository of GitHub may work in them.</param>
/// <param name="Images">Those whose releases lag behind this commit.</param>
public sealed record GitHubMatrix(MatrixEnvironment First, IReadOnlyList<MatrixEnvironment> Environments, IReadOnlyList<MatrixImage> Images)
{
    /// <param name="first">The environment whose releases are pinned after a merge.</param>
    /// <exception cref="UsageException">There is no such environment, or its <c>env.yaml</c> does not name the repository.</exception>
    public static async Task<GitHubMatrix> OfAsync(Repository repository, string first, CancellationToken stop)
    {
        new ReleaseFiles(repository).ExpectPinned(first);

        return new GitHubMatrix(
            EnvironmentOf(repository, first) ?? throw new UsageException(
                $"terraform/envs/{first}/env.yaml names no repository, so no workflow has a role in {first}.", "Write env.github: docs/real-account.md."),
            [.. repository.Environments().Select(name => EnvironmentOf(repository, name)).OfType<MatrixEnvironment>()],
            [.. (await BuiltImage.BehindAsync(repository, first, stop)).Select(image => new MatrixImage(image.Name, image.Workload, image.Component))]);
    }

    /// <summary>As outputs of a step, <c>name=value</c>, each a list that <c>fromJSON</c> reads.</summary>
    public IReadOnlyList<string> Outputs =>
    [
        $"first={JsonSerializer.Serialize(First, JsonSerializerOptions.Web)}",
        $"environments={JsonSerializer.Serialize(Environments, JsonSerializerOptions.Web)}",
        $"images={JsonSerializer.Serialize(Images, JsonSerializerOptions.Web)}",
    ];

    // Names as module github-oidc gives them; a test compares.
    private static MatrixEnvironment? EnvironmentOf(Repository repository, string name)
    {
        var facts = Yaml.LoadFile(repository.PathTo("terraform", "envs", name, "env.yaml"))["env"]!;

        return facts["github"] is null
            ? null
            : new(name, (string)facts["region"]!, Role(facts, $"{name}-plan"), Role(facts, $"{name}-apply-{name}"));
    }

    private static string Role(System.Text.Json.Nodes.JsonNode facts, string name) => $"arn:aws:iam::{facts["account"]}:role/{name}";
}
