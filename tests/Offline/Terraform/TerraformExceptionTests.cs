using Causeway.Harness.Terraform;

namespace Causeway.Offline.Terraform;

/// <summary>What a refusal of Terraform says to do.</summary>
public sealed class TerraformExceptionTests
{
    [Theory]
    [InlineData("No valid credential sources found", true)]
    [InlineData("Error refreshing state: S3 bucket \"causeway-state-1-r\" does not exist.\nThe referenced S3 bucket must have been previously created.", true)]
    [InlineData("Failed to query available provider packages", false)]
    public void A_refusal_for_lack_of_access_says_how_to_get_it(string summary, bool isAccess)
    {
        var refusal = new TerraformException("init", "r", [new Diagnostic("error", summary, "", null, null, null)], "");

        Assert.Equal(isAccess, refusal.Remedy.Contains("terraform/stacks/aws/README.md", StringComparison.Ordinal));
    }
}
