using Causeway.Harness.Releases;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Releases;

/// <summary>What is built after a merge: the images of releases that lag behind their pinned commit.</summary>
public sealed class BuiltImageTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("docs/guide.md", false)]
    [InlineData("terraform/envs/first/env.yaml", false)]
    [InlineData("tests/Offline/Some.cs", false)]
    [InlineData("services/bakery/src/Oven/Program.cs", true)]
    [InlineData("services/bakery/transaction.yaml", true)]
    [InlineData("helm/charts/workload/templates/workload.yaml", true)]
    [InlineData("terraform/modules/aws/table/main.tf", true)]
    [InlineData("Directory.Packages.props", true)]
    public async Task An_image_lags_behind_once_something_has_changed_that_a_revision_carries(string changed, bool behind)
    {
        var tree = await PinnedAsync();
        Assert.Empty(await BuiltImage.BehindAsync(tree, "first", Stop));

        await SmallRepository.WriteAsync(tree, (changed, "env: { kind: aws } # changed"));
        await SmallRepository.CommitAsync(tree);

        Assert.Equal(behind ? ["bakery-oven"] : [], (await BuiltImage.BehindAsync(tree, "first", Stop)).Select(image => image.Name));
    }

    [Fact]
    public async Task An_image_whose_pinned_commit_is_not_in_this_clone_is_built()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(tree, ("services/bakery/src/Oven/Oven.csproj", "<Project />"));

        Assert.Equal("bakery-oven", Assert.Single(await BuiltImage.BehindAsync(tree, "first", Stop)).Name);
    }

    // With one component that has sources, pinned to the commit before the one that pins it.
    private async Task<Harness.Repository> PinnedAsync()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(tree, ("services/bakery/src/Oven/Oven.csproj", "<Project />"));
        await SmallRepository.CommitAsync(tree);
        var built = (await SmallRepository.GitAsync(tree.Root, "rev-parse", "HEAD")).Trim();
        new Pinning(tree).Pin("first", "bakery", built, new Dictionary<string, string> { ["oven"] = ReleaseTree.First, ["mixer"] = ReleaseTree.Second });
        await SmallRepository.CommitAsync(tree);

        return tree;
    }
}
