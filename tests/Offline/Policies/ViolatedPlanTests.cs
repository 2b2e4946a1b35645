using Causeway.Harness;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Offline.NewKinds;

namespace Causeway.Offline.Policies;

/// <summary><c>causeway plan</c> of a copy of this repository in which nothing is excused any more.</summary>
public sealed class ViolatedPlanTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_that_violates_a_policy_fails_and_says_so_in_the_pull_request_too()
    {
        var copy = await KindTree.CopyAsync(workbench, Stop);
        File.Delete(copy.PathTo(Waivers.File));
        var (printed, markdown) = (new List<string>(), copy.PathTo("digest.md"));
        var request = new PlanRequest { Environment = "dev", Stack = "foundation", Markdown = markdown };

        var refused = await Assert.ThrowsAsync<PlatformException>(() => new PlanRun(copy, request, new Silent(), printed.Add).RunAsync(Stop));

        const string Violation = "NET-3 fails: module.network.aws_vpc.this[0]";
        Assert.Contains($"dev/foundation: {Violation}", refused.Log, StringComparison.Ordinal);
        Assert.Contains(printed, line => line.Contains("1 violated, 0 waived", StringComparison.Ordinal));
        Assert.Contains("NET-3 fails", await File.ReadAllTextAsync(markdown, Stop), StringComparison.Ordinal);
    }
}
