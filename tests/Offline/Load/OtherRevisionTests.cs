using Causeway.Harness;
using Causeway.Load.Comparison;

namespace Causeway.Offline.Load;

/// <summary>Another commit beside the files as they are, in a repository of the test's own.</summary>
public sealed class OtherRevisionTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("causeway-revision-");
    private Harness.Repository repository = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Tool => Path.Combine(repository.Cache, "tools", "tool");

    public async ValueTask InitializeAsync()
    {
        repository = new Harness.Repository(folder.FullName);
        await GitAsync("init", "--quiet");
        await File.WriteAllTextAsync(repository.PathTo(".gitignore"), ".causeway/\n", Stop);
        await File.WriteAllTextAsync(repository.PathTo("file"), "before", Stop);
        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first");
        await File.WriteAllTextAsync(repository.PathTo("file"), "after", Stop);
        Directory.CreateDirectory(Path.GetDirectoryName(Tool)!);
        await File.WriteAllTextAsync(Tool, "fetched", Stop);
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);

        return ValueTask.CompletedTask;
    }

    private Task<CommandResult> GitAsync(params string[] arguments) => CommandLine.Of("git", arguments).In(repository.Root).RunAsync(Stop);

    [Fact]
    public async Task It_has_the_files_of_the_commit_and_the_tools_that_were_fetched_and_leaves_nothing()
    {
        string checkedOut;

        await using (var other = await OtherRevision.CheckOutAsync(repository, "HEAD", Stop))
        {
            checkedOut = other.Checkout.Root;
            Assert.Equal("before", await File.ReadAllTextAsync(other.Checkout.PathTo("file"), Stop));
            Assert.Equal("fetched", await File.ReadAllTextAsync(Path.Combine(other.Checkout.Cache, "tools", "tool"), Stop));
            Assert.Equal((await GitAsync("rev-parse", "HEAD")).Output.Trim(), other.Commit);
        }

        Assert.False(Directory.Exists(checkedOut));
        Assert.Equal("fetched", await File.ReadAllTextAsync(Tool, Stop));
        Assert.Single((await GitAsync("worktree", "list")).Output.Trim().Split('\n'));
    }

    [Fact]
    public async Task One_that_a_killed_run_left_is_replaced()
    {
        var left = await OtherRevision.CheckOutAsync(repository, "HEAD", Stop);
        await File.WriteAllTextAsync(left.Checkout.PathTo("file"), "changed", Stop);

        await using var again = await OtherRevision.CheckOutAsync(repository, "HEAD", Stop);

        Assert.Equal("before", await File.ReadAllTextAsync(again.Checkout.PathTo("file"), Stop));
        Assert.Equal("fetched", await File.ReadAllTextAsync(Tool, Stop));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("--help")]
    public async Task What_is_not_a_commit_is_refused(string reference) =>
        Assert.Contains(
            $"{reference} is not a commit",
            (await Assert.ThrowsAsync<UsageException>(() => OtherRevision.CheckOutAsync(repository, reference, Stop))).Message,
            StringComparison.Ordinal);
}
