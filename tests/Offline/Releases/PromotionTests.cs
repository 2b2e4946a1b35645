using Causeway.Harness;
using Causeway.Harness.Releases;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Releases;

/// <summary><c>causeway promote</c>: pins travel, and nothing else does; there and back leaves every byte as it was.</summary>
public sealed class PromotionTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<IReadOnlyList<PinChange>> PromoteAsync(
        Harness.Repository repository, string from, string to, string? reference = null, params string[] workloads) =>
        new Promotion(repository).MakeAsync(new(from, to, workloads, reference), Stop);

    [Fact]
    public async Task Pins_are_copied_and_comments_layout_runtime_and_overrides_stay()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);

        var change = Assert.Single(await PromoteAsync(tree, "first", "next"));

        Assert.Equal(
            ReleaseTree.OldRelease
                .Replace(ReleaseTree.Old, ReleaseTree.New, StringComparison.Ordinal)
                .Replace($"sha256:{new string('a', 64)}", ReleaseTree.First, StringComparison.Ordinal)
                .Replace($"sha256:{new string('b', 64)}", ReleaseTree.Second, StringComparison.Ordinal),
            ReleaseTree.Bakery(tree, "next"));
        Assert.Equal(ReleaseTree.NewRelease, ReleaseTree.Bakery(tree, "first"));
        Assert.Equal(
            [
                "next/bakery",
                $"  revision             {ReleaseTree.Old} → {ReleaseTree.New}",
                $"  image oven           sha256:{new string('a', 64)} → {ReleaseTree.First}",
                $"  image mixer          sha256:{new string('b', 64)} → {ReleaseTree.Second}",
            ],
            change.Lines);
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_promote()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await PromoteAsync(tree, "first", "next");
        var promoted = ReleaseTree.Bakery(tree, "next");

        Assert.Equal([], await PromoteAsync(tree, "first", "next"));
        Assert.Equal(promoted, ReleaseTree.Bakery(tree, "next"));
    }

    [Theory]
    [InlineData("next", "HEAD")]
    [InlineData("next", "before")]
    public async Task The_way_back_is_the_same_copy_from_an_earlier_commit_and_leaves_every_byte_as_it_was(string from, string reference)
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.GitAsync(tree.Root, "tag", "before");
        await PromoteAsync(tree, "first", "next");
        Assert.NotEqual(ReleaseTree.OldRelease, ReleaseTree.Bakery(tree, "next"));

        Assert.Single(await PromoteAsync(tree, from, "next", reference));

        Assert.Equal("", await SmallRepository.GitAsync(tree.Root, "status", "--porcelain"));
    }

    [Fact]
    public async Task There_and_back_between_environments_leaves_every_byte_as_it_was()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(tree, ("terraform/envs/last/env.yaml", "env: { kind: aws }"), ("terraform/envs/last/releases/bakery.yaml",
            ReleaseTree.OldRelease));
        await SmallRepository.CommitAsync(tree);

        await PromoteAsync(tree, "first", "next");
        await PromoteAsync(tree, "last", "next");

        Assert.Equal("", await SmallRepository.GitAsync(tree.Root, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("nowhere", "next", null, new string[0], "There is no environment nowhere.", "Environments: first, here, next.")]
    [InlineData("first", "nowhere", null, new string[0], "There is no environment nowhere.", "docs/add-an-environment.md")]
    [InlineData("first", "first", null, new string[0], "they are one environment", "--from-ref <commit>")]
    [InlineData("here", "next", null, new string[0], "here is of kind local", "an environment of a cloud")]
    [InlineData("first", "here", null, new string[0], "here is of kind local", "an environment of a cloud")]
    [InlineData("first", "next", null, new[] { "smithy" }, "first has no release of smithy.", "Its releases: bakery.")]
    [InlineData("first", "next", null, new[] { "../../../../x" }, "first has no release of ../../../../x.", "Its releases: bakery.")]
    [InlineData("first", "next", "HEAD", new[] { "mill" }, "first at HEAD has no release of mill.", "Its releases: bakery.")]
    [InlineData("first", "next", "HEAD~7", new string[0], "HEAD~7 names no commit", "git fetch --unshallow")]
    [InlineData("first", "next", "--help", new string[0], "--help names no commit", "git log")]
    public async Task What_makes_no_sense_is_refused_with_the_way_out(
        string from, string to, string? reference, string[] workloads, string problem, string remedy)
    {
        var tree = await ReleaseTree.CreateAsync(workbench);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => PromoteAsync(tree, from, to, reference, workloads));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, RemedyOf(refused), StringComparison.Ordinal);
        Assert.Equal("", await SmallRepository.GitAsync(tree.Root, "status", "--porcelain"));
    }

    [Fact]
    public async Task A_release_that_the_target_lacks_stops_all_and_says_how_to_add_it_or_leave_it_out()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(tree, ("terraform/envs/first/releases/mill.yaml", ReleaseTree.NewRelease));
        await SmallRepository.CommitAsync(tree);

        var refused = await Assert.ThrowsAsync<PlatformException>(() => PromoteAsync(tree, "first", "next"));

        Assert.Equal("next has no release of mill; no file is changed.", refused.Message);
        Assert.Contains("`cp terraform/envs/first/releases/mill.yaml terraform/envs/next/releases/mill.yaml`", refused.Remedy, StringComparison.Ordinal);
        Assert.Contains("`./causeway promote first next bakery`", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal("", await SmallRepository.GitAsync(tree.Root, "status", "--porcelain"));
        Assert.Single(await PromoteAsync(tree, "first", "next", null, "bakery"));
    }

    [Theory]
    [InlineData("", "first/mill has no pins; no file is changed.", "./causeway pin first mill")]
    [InlineData("  pins: { revision: \"1\" }\n", "terraform/envs/first/releases/mill.yaml: release.pins is not complete.", "Write both")]
    [InlineData("  pins: { revision: \"main\", images: {} }\n", "terraform/envs/next/releases/mill.yaml would not be a release any more", "lines above")]
    public async Task Pins_that_cannot_be_copied_change_no_file_of_any_workload(string pins, string problem, string remedy)
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(
            tree,
            ("terraform/envs/first/releases/mill.yaml", $"release:\n  apiVersion: causeway/v1\n  runtime: eks\n{pins}"),
            ("terraform/envs/next/releases/mill.yaml", ReleaseTree.NewRelease));
        await SmallRepository.CommitAsync(tree);

        var refused = await Assert.ThrowsAsync<PlatformException>(() => PromoteAsync(tree, "first", "next"));

        Assert.StartsWith(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.Equal("", await SmallRepository.GitAsync(tree.Root, "status", "--porcelain"));
    }

    [Fact]
    public void When_one_of_several_files_cannot_be_written_none_is()
    {
        var folder = Terraform.Scratch.Folder(workbench, [("a.yaml", "old a"), ("b.yaml/c", "")]);

        var refused = Assert.Throws<IOException>(() => FileChanges.Write(new Dictionary<string, string>
        {
            [Path.Combine(folder, "a.yaml")] = "new a",
            [Path.Combine(folder, "b.yaml")] = "a folder is in its place",
        }));

        Assert.EndsWith("No file is changed.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("old a", File.ReadAllText(Path.Combine(folder, "a.yaml")));
        Assert.Equal(["a.yaml", "b.yaml"], Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order());
    }

    private static string RemedyOf(Exception refused) => refused switch
    {
        UsageException usage => usage.Remedy,
        PlatformException platform => platform.Remedy,
        _ => $"{refused.GetType().Name} has no remedy",
    };
}
