using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>The providers that a hermetic run knows.</summary>
public sealed class KnownProvidersTests(Workbench workbench)
{
    [Fact]
    public void The_providers_that_are_known_are_listed_with_version_and_package()
    {
        var listed = KnownProviders.List(workbench.Checkout);

        Assert.Contains(listed, line => System.Text.RegularExpressions.Regex.IsMatch(
            line, @"^hashicorp/aws +6\.66\.0 +@cdktn/provider-aws@25\.7\.0 +(yes|when first used \(46 MB\))$"));
        Assert.Equal(workbench.Tools.Manifest.Providers.Count + 2, listed.Count);
    }
}
