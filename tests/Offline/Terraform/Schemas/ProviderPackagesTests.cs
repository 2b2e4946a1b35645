using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>Which package of a provider is taken.</summary>
public sealed class ProviderPackagesTests(Workbench workbench)
{
    [Theory]
    [InlineData("6.66.0", ">= 5.0")]
    [InlineData("6.66.0")]
    [InlineData("5.100.0", "~> 5.0")]
    [InlineData("5.100.0", ">= 5.0", "< 6.0")]
    [InlineData("5.100.0", "~> 4.67")]
    [InlineData("6.66.0", ">= 7.0")]
    public void The_package_with_the_highest_version_that_the_constraints_accept_is_chosen(string chosen, params string[] constraints)
    {
        var packages = new ProviderPackages(workbench.Checkout, workbench.Tools);

        Assert.Equal(chosen, packages.Choose("registry.terraform.io/hashicorp/aws", [.. constraints.Select(text => new VersionConstraint(text))])?.Provides);
    }
}
