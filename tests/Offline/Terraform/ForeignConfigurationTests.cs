using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform;

/// <summary>
/// Configurations as others write them, with types that nothing here uses: their schemas are read from the provider's package. Each runs through its
/// lifecycle; what they expect of the values that the cloud fills in, they say themselves in checks and preconditions.
/// </summary>
public sealed class ForeignConfigurationTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api")]
    [InlineData("cluster")]
    [InlineData("database")]
    [InlineData("tutorial")]
    [InlineData("website")]
    public async Task A_foreign_configuration_is_made_once_and_leaves_nothing(string subject)
    {
        await using var root = await TerraformRoot.CopyAsync(Path.Combine(workbench.Fixtures, "terraform", subject), Stop);

        await root.ApplyAsync(Stop);
        Assert.NotEmpty(await root.ManagedAsync(Stop));

        var second = await root.PlanAsync(Stop);
        Assert.True(second.IsEmpty, second.ToString());
        Assert.All(second.Checks, check => Assert.True(check.Status is "pass", $"{check.Address}: {string.Join(", ", check.Problems)}"));

        await root.DestroyAsync(Stop, new PlanScope { Refresh = false });
        Assert.Empty(await root.ManagedAsync(Stop));
        Assert.Empty(CloudFile.Resources(root.Cloud));
    }
}
