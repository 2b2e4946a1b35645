using Causeway.Harness;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Repository;

/// <summary>What is generated is as its sources say.</summary>
[Trait("gate", "repository")]
public sealed class GeneratedFileTests(Workbench workbench)
{
    [Fact]
    public async Task Every_generated_file_is_fresh()
    {
        var files = await GeneratedFile.AllAsync(workbench.Checkout, workbench.Tools, TestContext.Current.CancellationToken);
        var gate = new Gate("generated files", files.Select(file => file.Path));

        foreach (var file in files)
        {
            gate.Record(file.Path, file.IsFresh() ? null : "out of date: run `./causeway generate`");
        }

        gate.Close();
        Assert.Empty(CommittedSchemas.Unexpected(workbench.Checkout, files));
    }

    [Fact]
    public void A_project_that_the_solution_lacks_makes_it_stale()
    {
        var copy = new Harness.Repository(Path.Combine(workbench.Scratch.FullName, "solution"));

        foreach (var file in new[] { "build/Build.csproj", "services/a/src/A/A.csproj", "src/S/S.csproj", "tests/T/T.csproj" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy.PathTo(file))!);
            File.Copy(workbench.Checkout.PathTo("build", "Build.csproj"), copy.PathTo(file));
        }

        foreach (var file in Directory.GetFiles(workbench.Checkout.PathTo("schemas"), "*.json", SearchOption.AllDirectories))
        {
            var target = copy.PathTo(Path.GetRelativePath(workbench.Checkout.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        GeneratedFile Solution() => GeneratedFile.All(copy).Single(file => file.Path.EndsWith(".slnx", StringComparison.Ordinal));

        Solution().Write();
        Assert.True(Solution().IsFresh());

        Directory.CreateDirectory(copy.PathTo("services", "b", "src", "B"));
        File.Copy(copy.PathTo("build", "Build.csproj"), copy.PathTo("services", "b", "src", "B", "B.csproj"));
        Assert.False(Solution().IsFresh());
        Assert.Contains("services/b/src/B/B.csproj", Solution().Content, StringComparison.Ordinal);
    }
}
