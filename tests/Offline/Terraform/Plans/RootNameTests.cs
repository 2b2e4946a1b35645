using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>What a configuration from elsewhere is called.</summary>
public sealed class RootNameTests(Workbench workbench)
{
    [Theory]
    [InlineData("modules/one/examples/complete", "modules/one/examples/complete")]
    [InlineData("modules/one/examples/complete/", "modules/one/examples/complete")]
    [InlineData("", "")]
    public async Task A_foreign_root_is_named_by_its_place_in_its_git_repository(string folder, string named)
    {
        var git = Scratch.Folder(workbench, [("main.tf", ""), ("modules/one/examples/complete/main.tf", ""), ("modules/two/examples/complete/main.tf", "")]);
        await SmallRepository.GitAsync(git, "init", "--quiet");

        var name = RootName.Of(workbench.Checkout, $"{git}/{folder}");

        Assert.Equal($"{Path.GetFileName(git)}/{named}".TrimEnd('/'), name.Text);
        Assert.Equal(name.Text.Replace('/', '-'), name.File);
        Assert.NotEqual(name, RootName.Of(workbench.Checkout, $"{git}/modules/two/examples/complete"));
    }

    [Fact]
    public void A_root_in_this_repository_is_named_by_its_place_here_and_one_in_none_by_its_folder()
    {
        Assert.Equal(
            new("terraform/modules/aws/table", "terraform-modules-aws-table"),
            RootName.Of(workbench.Checkout, workbench.Checkout.PathTo("terraform", "modules", "aws", "table") + "/"));
        Assert.Equal("in", RootName.Of(workbench.Checkout, Path.Combine(Scratch.Folder(workbench, ""), "in/")).Text);
    }
}
