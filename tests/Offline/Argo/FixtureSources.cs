using Causeway.Harness.Argo;

namespace Causeway.Offline.Argo;

/// <summary>One repository at one revision: the folder <c>tests/Fixtures/valid/argo/tree</c>.</summary>
internal sealed class FixtureSources(Workbench workbench) : ISources
{
    public const string Repository = "https://github.com/example/platform";

    public Task<string> FolderAsync(string repository, string revision, string place, CancellationToken stop)
    {
        Assert.Equal((Repository, "main"), (repository, revision));

        return Task.FromResult(Path.Combine(workbench.Fixtures, "valid", "argo", "tree"));
    }
}
