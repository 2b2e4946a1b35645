using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary><c>causeway drift</c>.</summary>
public sealed class DriftRunTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changed_behind_Terraforms_back_is_found_and_nothing_else()
    {
        SeededDrift[] seeds =
        [
            new("dev/foundation:module.network.aws_vpc.this[0]", new JsonObject { ["enable_dns_support"] = false }),
            new("dev/foundation:module.domain.aws_route53_record.authorities[0]", null),
        ];

        var steps = new Titles();
        var (printed, refusal) = await DriftAsync(workbench.Checkout, steps, seeds);

        Assert.Equal("2 resources differ from what Terraform made.", refusal?.Message);
        Assert.Equal(
            new Stacks(workbench.Checkout.Root).In("dev").SelectMany(IEnumerable<string> (instance) => instance.Name is not "dev/foundation"
                ? [$"{instance.Name}: nothing differs"]
                :
                [
                    "dev/foundation: 2 resources differ",
                    "    - module.domain.aws_route53_record.authorities[0] was deleted",
                    "    ~ module.network.aws_vpc.this[0]",
                    "        enable_dns_support: true → false",
                ]),
            printed.Skip(1).SkipLast(1));
        Assert.Contains("Look for drift in dev/foundation: 2 resources differ", steps.Ends);
        Assert.Contains("Look for drift in dev/account: nothing differs", steps.Ends);
    }

    [Fact]
    public async Task Where_nothing_changed_all_that_was_looked_at_is_counted()
    {
        var (printed, refusal) = await DriftAsync(await SmallRepository.CreateAsync(workbench));

        Assert.Null(refusal);
        Assert.Equal("drift in dev: 2 resources looked at, 0 differ", printed[^1]);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_look_at_that_is_a_failure()
    {
        var repository = await SmallRepository.CreateAsync(workbench);
        File.Delete(repository.PathTo("terraform", "envs", "dev", "releases", "one.yaml"));
        await SmallRepository.WriteAsync(repository, ("terraform/stacks/aws/foundation/main.tf", "variable \"environment\" {}\n"));

        Assert.Equal("The states of dev are empty: there was nothing to look at.", (await DriftAsync(repository)).Refusal?.Message);
    }

    [Fact]
    public async Task A_seed_of_a_resource_that_is_not_there_is_refused()
    {
        var repository = await SmallRepository.CreateAsync(workbench);

        var refusal = await Assert.ThrowsAsync<UsageException>(() => DriftAsync(repository, new SeededDrift("dev/foundation:aws_vpc.none", null)));

        Assert.Contains("there is no dev/foundation:aws_vpc.none in dev", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_seeds_has_changes_and_deletions()
    {
        var seeds = Read("- resource: dev/a:aws_vpc.this\n  set: { enable_dns_support: false }\n- resource: dev/a:aws_vpc.other\n  deleted: true\n");

        Assert.Equal(["dev/a:aws_vpc.this", "dev/a:aws_vpc.other"], seeds.Select(seed => seed.Resource));
        Assert.Equal("""{"enable_dns_support":false}""", seeds[0].Set?.ToJsonString());
        Assert.Null(seeds[1].Set);
    }

    [Theory]
    [InlineData("resource: dev/a:aws_vpc.this\n")]
    [InlineData("resource: dev/a:aws_vpc.this\ndeleted: false\n")]
    [InlineData("resource: dev/a:aws_vpc.this\ndeleted: true\nset: {}\n")]
    [InlineData("- resource: dev/a:aws_vpc.this\n  change: {}\n")]
    [InlineData("- text\n")]
    public void A_file_with_anything_else_is_refused_with_the_entry(string text) =>
        Assert.Contains("seeds.yaml: entry 1 is not a change", Assert.Throws<UsageException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("no file nowhere.yaml", Assert.Throws<UsageException>(() => SeededDrift.Read("nowhere.yaml")).Message, StringComparison.Ordinal);

    private IReadOnlyList<SeededDrift> Read(string text) => SeededDrift.Read(Path.Combine(Scratch.Folder(workbench, [("seeds.yaml", text)]), "seeds.yaml"));

    private static Task<(List<string> Printed, PlatformException? Refusal)> DriftAsync(Harness.Repository repository, params SeededDrift[] seeds) =>
        DriftAsync(repository, new Silent(), seeds);

    private static async Task<(List<string> Printed, PlatformException? Refusal)> DriftAsync(
        Harness.Repository repository, ISteps steps, params SeededDrift[] seeds)
    {
        var printed = new List<string>();

        try
        {
            await new DriftRun(repository, new PlanRequest { Environment = "dev" }, steps, printed.Add, seeds).RunAsync(Stop);

            return (printed, null);
        }
        catch (PlatformException refusal)
        {
            return (printed, refusal);
        }
    }
}
