using Causeway.Harness;
using Causeway.Harness.Terraform.Copies;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Terraform.Copies;

/// <summary>The commit that a tree is compared with, and how to get it where it is missing.</summary>
public sealed class MergeBaseTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reference_that_cannot_be_compared_with_says_why_and_what_to_do()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        var first = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(repository.Root, "HEAD~1", Stop));
        Assert.Contains("first commit", first.Remedy, StringComparison.Ordinal);

        var unknown = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(repository.Root, "origin/nothing", Stop));
        Assert.Contains("git fetch", unknown.Remedy, StringComparison.Ordinal);

        await SmallRepository.GitAsync(repository.Root, "checkout", "--quiet", "--orphan", "alone");
        await SmallRepository.WriteAsync(repository, ("more", ""));
        await SmallRepository.CommitAsync(repository);
        var unrelated = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(repository.Root, "main", Stop));
        Assert.Contains("no commit in common", unrelated.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD~1")]
    [InlineData("origin/other")]
    [InlineData("other")]
    [InlineData("v1.0")]
    [InlineData("hash")]
    public async Task A_shallow_clone_that_does_what_it_is_told_has_the_reference(string reference)
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.GitAsync(repository.Root, "branch", "other");
        await SmallRepository.GitAsync(repository.Root, "tag", "v1.0");
        var wanted = reference == "hash" ? (await SmallRepository.GitAsync(repository.Root, "rev-parse", "other")).Trim() : reference;
        await SmallRepository.WriteAsync(repository, ("more", ""));
        await SmallRepository.CommitAsync(repository);
        var clone = Path.Combine(workbench.Scratch.FullName, $"shallow-{Guid.NewGuid():N}");
        await SmallRepository.GitAsync(workbench.Scratch.FullName, "clone", "--quiet", "--depth", "1", $"file://{repository.Root}", clone);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => MergeBase.FindAsync(clone, wanted, Stop));

        foreach (var command in refusal.Remedy.Split('`').Where(part => part.StartsWith("git fetch", StringComparison.Ordinal)))
        {
            await SmallRepository.GitAsync(clone, command.Split(' ')[1..]);
        }

        Assert.Equal((await SmallRepository.GitAsync(repository.Root, "rev-parse", "other")).Trim(), (await MergeBase.FindAsync(clone, wanted, Stop)).Commit);
    }
}
