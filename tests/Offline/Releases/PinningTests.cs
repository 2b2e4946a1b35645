using Causeway.Harness;
using Causeway.Harness.Releases;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Releases;

/// <summary><c>causeway pin</c>: what was built arrives in the releases whole, or not at all.</summary>
public sealed class PinningTests(Workbench workbench)
{
    private const string Revision = "2222222222222222222222222222222222222222";

    private static string Digest(char digit) => $"sha256:{new string(digit, 64)}";

    [Fact]
    public async Task What_was_built_is_pinned_and_a_second_time_nothing_changes()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        var built = new Dictionary<string, string> { ["oven"] = Digest('3'), ["mixer"] = Digest('4'), ["till"] = Digest('5') };

        var change = Assert.Single(new Pinning(tree).Pin("next", "bakery", Revision, built));

        Assert.Equal("next/bakery", change.Name);
        Assert.Equal(["revision", "image oven", "image mixer", "image till"], change.Values.Select(value => value.What));
        Assert.Contains("| next/bakery | image till | `none` | `sha256:5555", PinChange.Markdown([change]), StringComparison.Ordinal);
        Assert.True(change.After.Matches(new ReleaseFiles(tree).Read("next", "bakery").Pins));
        Assert.Contains($"      till: \"{Digest('5')}\"\n", ReleaseTree.Bakery(tree, "next"), StringComparison.Ordinal);
        Assert.Equal([], new Pinning(tree).Pin("next", "bakery", Revision, built));
    }

    [Fact]
    public async Task A_folder_of_digests_pins_every_workload_in_it()
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(
            tree,
            ("terraform/envs/first/releases/mill.yaml", "release:\n  apiVersion: causeway/v1\n  runtime: eks\n"),
            ("built/bakery/oven", Digest('3')),
            ("built/bakery/mixer", Digest('4') + "\n"),
            ("built/mill/stone", Digest('5')));

        var changes = new Pinning(tree).PinFolder("first", Revision, tree.PathTo("built"));

        Assert.Equal(["first/bakery", "first/mill"], changes.Select(change => change.Name));
        Assert.Null(changes[1].Before);
        Assert.Equal([new("stone", Digest('5'))], new ReleaseFiles(tree).Read("first", "mill").Pins!.Images);
    }

    [Theory]
    [InlineData("bakery", "HEAD", "oven", "", "HEAD is not a whole commit.", "40 hexadecimal digits")]
    [InlineData("bakery", Revision, "oven", "latest", "bakery/oven: latest is not a digest.", "--digestfile")]
    [InlineData("bakery", Revision, "counter", "", "bakery has no component counter.", "Its components: oven, mixer, till.")]
    [InlineData("bakery", Revision, "oven", "", "next/bakery: the digest of mixer is missing.", "--image mixer=sha256:…")]
    [InlineData("mill", Revision, "stone", "", "next has no release of mill.", "terraform/envs/next/releases/mill.yaml")]
    public async Task What_is_not_complete_is_refused_with_the_way_out(
        string workload, string revision, string component, string digest, string problem, string remedy)
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        var built = new Dictionary<string, string> { [component] = digest is "" ? Digest('3') : digest };

        var refused = Assert.Throws<UsageException>(() => new Pinning(tree).Pin("next", workload, revision, built));

        Assert.StartsWith(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.Equal("", await SmallRepository.GitAsync(tree.Root, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("nothing", "There is no digest in ")]
    [InlineData("oven", "oven does not say which image it is about.")]
    public async Task A_folder_that_names_no_image_is_refused(string file, string problem)
    {
        var tree = await ReleaseTree.CreateAsync(workbench);
        await SmallRepository.WriteAsync(tree, file is "nothing" ? ("elsewhere/file", "") : ($"built/{file}", Digest('3')));

        var refused = Assert.Throws<UsageException>(() => new Pinning(tree).PinFolder("first", Revision, tree.PathTo("built")));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}
