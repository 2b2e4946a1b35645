using Causeway.Harness;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform.Plans;
using Causeway.Offline.NewKinds;
using Causeway.Offline.Terraform.Plans;

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

    [Fact]
    public async Task A_plan_that_violates_a_policy_is_not_applied_and_what_was_before_it_is_named()
    {
        var (steps, refused) = await PlanAsync(new() { Environment = "dev", Apply = true });

        Assert.Equal("1 violation of policies or limits: dev/foundation is not applied; dev/account was before it.", refused.Message);
        Assert.Equal(["Apply dev/account"], steps.Where(step => step.StartsWith("Apply ", StringComparison.Ordinal)));
        Assert.Equal("Plan dev/foundation", steps[^1]);
    }

    [Fact]
    public async Task Where_nothing_is_to_be_applied_every_stack_is_planned_on_the_violating_one()
    {
        var (steps, refused) = await PlanAsync(new() { Environment = "dev" });

        Assert.StartsWith("1 violation of policies or limits.", refused.Message, StringComparison.Ordinal);
        Assert.All(new Stacks(workbench.Checkout.Root).In("dev"), instance => Assert.Contains($"Plan {instance.Name}", steps));
    }

    // Only what is excused in dev/foundation is excused no more.
    private async Task<(IReadOnlyList<string> Steps, PlatformException Refused)> PlanAsync(PlanRequest request)
    {
        var copy = await KindTree.CopyAsync(workbench, Stop);
        var waivers = await File.ReadAllTextAsync(copy.PathTo(Waivers.File), Stop);
        await File.WriteAllTextAsync(
            copy.PathTo(Waivers.File), waivers.Replace("plan: dev/foundation\n", "plan: dev/another\n", StringComparison.Ordinal), Stop);
        var steps = new Titles();

        return (steps.All, await Assert.ThrowsAsync<PlatformException>(() => new PlanRun(copy, request, steps, _ => { }).RunAsync(Stop)));
    }
}
