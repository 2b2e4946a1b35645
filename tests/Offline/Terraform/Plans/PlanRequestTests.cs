using Causeway.Harness;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>A request that cannot be met is refused before anything runs.</summary>
public sealed class PlanRequestTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, PlanRequest> Impossible => new()
    {
        { "There is no option --stack.", new() { Environment = "--stack" } },
        { "There is no option -x.", new() { Environment = "dev", Stack = "-x" } },
        { "--modules: there is no folder /nosuch.", new() { Modules = ["/nosuch"] } },
        { "--var-file: there is no file /nosuch.tfvars.", new() { VariableFiles = ["/nosuch.tfvars"] } },
        { "--markdown: /dev/null/plan.md cannot be written.", new() { Markdown = "/dev/null/plan.md" } },
        { "--given: there is no file /nosuch.yaml.", new() { Given = ["/nosuch.yaml"] } },
        { "--markdown: / cannot be written.", new() { Markdown = "/" } },
        { "There is no folder /nosuch.", new() { Root = "/nosuch" } },
        { "plan --real destroys no environment.", new() { Environment = "dev", Real = true, Apply = true, Destroy = true } },
        {
            "--bootstrap goes with one stack of one environment, --real and --apply.",
            new() { Environment = "dev", Stack = "account", Apply = true, Bootstrap = true }
        },
        {
            "--bootstrap goes with one stack of one environment, --real and --apply.",
            new() { Environment = "dev", Real = true, Apply = true, Bootstrap = true }
        },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task What_cannot_be_done_is_refused_before_anything_runs(string message, PlanRequest request)
    {
        var printed = new List<string>();

        var refusal = await Assert.ThrowsAsync<UsageException>(() => new PlanRun(workbench.Checkout, request, new Silent(), printed.Add).RunAsync(Stop));

        Assert.Equal(message, refusal.Message);
        Assert.Empty(printed);
    }
}
