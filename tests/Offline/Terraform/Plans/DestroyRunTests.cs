using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary><c>causeway destroy</c>.</summary>
public sealed class DestroyRunTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stack_that_was_applied_last_goes_first()
    {
        var printed = await DestroyAsync(await SmallRepository.CreateAsync(workbench));

        Assert.Equal(
            ["dev/workload-one: 1 to destroy, 1 output", "dev/foundation: 1 to destroy"],
            printed.Where(line => line.StartsWith("dev/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_the_environments_name_nothing_is_destroyed()
    {
        var steps = new Titles();
        var repository = await SmallRepository.CreateAsync(workbench);

        await Assert.ThrowsAsync<UsageException>(() => new DestroyRun(
            repository, new() { Environment = "dev" }, steps, _ => { }, _ => "prod").RunAsync(Stop));

        Assert.Contains("Plan the end of dev/foundation", steps.All);
        Assert.DoesNotContain(steps.All, title => title.StartsWith("Destroy ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_cloud_protects_ends_the_run_before_anything_is_destroyed()
    {
        var steps = new Titles();
        var printed = new List<string>();
        var run = new DestroyRun(workbench.Checkout, new() { Environment = "prod" }, steps, printed.Add);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => run.RunAsync(Stop));

        Assert.Contains("aws_dynamodb_table.this (deletion_protection_enabled = true)", refusal.Log, StringComparison.Ordinal);
        Assert.Equal("protected, so nothing is destroyed:", printed[1]);
        Assert.Equal(refusal.Log!.Split('\n').Select(line => $"    {line}"), printed.Skip(2).TakeWhile(line => line is not ""));
        Assert.Contains(printed.SkipWhile(line => line is not ""), line => line.StartsWith("prod/foundation: ", StringComparison.Ordinal));
        Assert.DoesNotContain(steps.All, title => title.StartsWith("Destroy ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_configuration_protects_is_named_before_anything_is_destroyed()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, (
            "terraform/stacks/aws/foundation/main.tf",
            "variable \"environment\" {}\nresource \"terraform_data\" \"network\" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n"));

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => DestroyAsync(repository));

        Assert.Contains("terraform_data.network", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("terraform plan failed in", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_is_not_there_is_named_with_those_that_are()
    {
        var repository = await SmallRepository.CreateAsync(workbench);

        var refusal = await Assert.ThrowsAsync<UsageException>(() => DestroyAsync(repository, new() { Environment = "prod" }));

        Assert.Contains("Environments with stacks: dev.", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_run_needs_a_lock_file_in_every_root()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        await SmallRepository.WriteAsync(repository, ("terraform/stacks/aws/foundation/.terraform.lock.hcl", ""));
        var real = new PlanRequest { Environment = "dev", Real = true };

        foreach (var run in new[] { () => DestroyAsync(repository, real), () => PlanAsync(repository, real) })
        {
            var refusal = await Assert.ThrowsAsync<PlatformException>(run);

            Assert.StartsWith("1 root has no .terraform.lock.hcl", refusal.Message, StringComparison.Ordinal);
            Assert.Equal("terraform/stacks/aws/workload", refusal.Log);
            Assert.Contains("tf --real -chdir=terraform/stacks/aws/workload providers lock", refusal.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_cloud_protects_and_what_must_be_empty_is_told_apart()
    {
        var plan = Plan.Parse(new JsonObject
        {
            ["format_version"] = "1.2",
            ["resource_changes"] = new JsonArray(
                Deleted("aws_dynamodb_table.on", """{ "deletion_protection_enabled": true }"""),
                Deleted("aws_dynamodb_table.off", """{ "deletion_protection_enabled": false }"""),
                Deleted("aws_lb.on", """{ "enable_deletion_protection": true }"""),
                Deleted("aws_s3_bucket.kept", """{ "force_destroy": false }"""),
                Deleted("aws_s3_bucket.emptied", """{ "force_destroy": true }""")),
        });

        Assert.Equal(
            ["aws_dynamodb_table.on (deletion_protection_enabled = true)", "aws_lb.on (enable_deletion_protection = true)"], Protection.Switches(plan));
        Assert.Equal(["aws_s3_bucket.kept (force_destroy = false)"], Protection.KeepsContent(plan));
    }

    [Theory]
    [InlineData("prod", true)]
    [InlineData("Prod", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_environments_name_confirms(string? answer, bool goesOn)
    {
        var refusal = Record.Exception(() => DestroyRun.Confirm("prod", 3, _ => answer));

        Assert.Equal(goesOn, refusal is null);
    }

    [Fact]
    public void Where_nothing_would_be_destroyed_nothing_is_asked() => DestroyRun.Confirm("prod", 0, _ => throw new InvalidOperationException("asked"));

    private static JsonObject Deleted(string address, string before) => new()
    {
        ["address"] = address,
        ["type"] = address.Split('.')[0],
        ["change"] = new JsonObject { ["actions"] = new JsonArray("delete"), ["before"] = JsonNode.Parse(before) },
    };

    private static async Task<IReadOnlyList<string>> PlanAsync(Harness.Repository repository, PlanRequest request)
    {
        var printed = new List<string>();
        await new PlanRun(repository, request, new Silent(), printed.Add).RunAsync(Stop);

        return printed;
    }

    private static async Task<IReadOnlyList<string>> DestroyAsync(Harness.Repository repository, PlanRequest? request = null)
    {
        var printed = new List<string>();
        await new DestroyRun(repository, request ?? new() { Environment = "dev" }, new Silent(), printed.Add).RunAsync(Stop);

        return printed;
    }
}
