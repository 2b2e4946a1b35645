using Causeway.Harness;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform.Provider.Traits;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>Every example of every module, and every environment: applied, planned again (nothing), destroyed (nothing is left).</summary>
public sealed class LifecycleTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Examples() => [.. RepositoryModules.Examples(Harness.Repository.Find())];

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_lives_and_what_it_makes_is_believable(string example)
    {
        await using var root = await TerraformRoot.CopyAsync(example, Stop);
        var first = await root.PlanAsync(Stop);
        var waivers = Waivers.Load(workbench.Checkout, TimeProvider.System);
        var findings = PolicyCheck.Of(first, example, waivers);
        string[] violations = [.. findings.Where(finding => finding.IsViolation).Select(finding => $"{finding}"), .. waivers.Problems(example, findings)];
        Assert.True(violations is [], string.Join('\n', violations));
        await root.ApplyAsync(Stop, first);

        var second = await root.PlanIfChangedAsync(Stop);
        Assert.True(second is null, $"A second plan is not empty:\n{second}");

        var made = (await root.StateAsync(Stop)).Managed.ToList();
        var gate = new Gate($"believable identities in {example}", made.Select(resource => resource.Address));
        made.ForEach(resource => gate.Record(resource.Address, Unbelievable(resource)));
        gate.Close();

        await root.DestroyAsync(Stop, new PlanScope { Refresh = false });
        Assert.Empty(await root.ManagedAsync(Stop));
        Assert.Empty(CloudFile.Resources(root.Cloud));
    }

    [Fact]
    public async Task Every_environment_lives_and_leaves_nothing()
    {
        var printed = new List<string>();
        var run = new PlanRun(workbench.Checkout, new PlanRequest { Apply = true, Destroy = true }, new Silent(), printed.Add);

        await run.RunAsync(Stop);

        var gate = new Gate(
            "stacks of environments",
            new Stacks(workbench.Checkout.Root) is var stacks ? stacks.Environments().SelectMany(stacks.In).Select(instance => instance.Name) : []);
        run.Digests.ToList().ForEach(digest => gate.Pass(digest.Name));
        gate.Close();
    }

    [Fact]
    public async Task A_value_that_differs_each_time_is_caught_by_the_second_plan()
    {
        var folder = Scratch.Folder(workbench, [("main.tf", """
            provider "aws" { region = "eu-central-1" }
            resource "aws_dynamodb_table" "this" {
              name         = "seeded"
              billing_mode = "PAY_PER_REQUEST"
              hash_key     = "id"
              tags         = { applied = timestamp() }
              attribute {
                name = "id"
                type = "S"
              }
            }
            """)]);

        var refused = await Assert.ThrowsAsync<PlatformException>(() =>
            new PlanRun(workbench.Checkout, new PlanRequest { Root = folder, Apply = true, Destroy = true }, new Silent(), _ => { }).RunAsync(Stop));

        Assert.Contains("second plan", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("aws_dynamodb_table.this", refused.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void An_identity_of_the_wrong_shape_is_not_believed()
    {
        static StateResource Vpc(string id, string arn) =>
            new("aws_vpc.this", "", "managed", "aws_vpc", "this", "aws", new() { ["id"] = id, ["arn"] = arn }, null);

        Assert.Null(Unbelievable(Vpc("vpc-0123456789abcdef0", "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123456789abcdef0")));
        Assert.NotNull(Unbelievable(Vpc("vpc-mock", "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123456789abcdef0")));
        Assert.NotNull(Unbelievable(Vpc("vpc-0123456789abcdef0", "arn:aws:ec2:eu-central-1:12345:vpc/vpc-0123456789abcdef0")));
        Assert.NotNull(Unbelievable(Vpc("vpc-0123456789abcdef0", "not an ARN")));
    }

    private static string? Unbelievable(StateResource resource)
    {
        if (!IdentityPatterns.ByType.TryGetValue(resource.Type, out var pattern))
        {
            return resource.Type.StartsWith("aws_", StringComparison.Ordinal) ? $"{resource.Type} has no pattern in IdentityPatterns.cs" : null;
        }

        var (id, arn) = ((string?)resource.Values["id"] ?? "", (string?)resource.Values["arn"]);

        return pattern.Id?.IsMatch(id) is false ? $"id {id} is not of the shape {pattern.Id}"
            : pattern.Arn is not null && arn is not null && !pattern.Arn.IsMatch(arn) ? $"arn {arn} is not of the shape {pattern.Arn}"
            : arn is not null && arn.Split(':', 6) is not ["arn", "aws", { Length: > 0 }, _, _, { Length: > 0 }] ? $"{arn} is not an ARN"
            : null;
    }
}
