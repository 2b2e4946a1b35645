using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Policies;

/// <summary>Every policy by its fixtures: one that must pass, one that must fail, one of which the plan does not say enough.</summary>
public sealed class PolicyTests(PlannedFixtures fixtures) : IClassFixture<PlannedFixtures>
{
    private static IEnumerable<string> Expected() =>
        Policy.All.SelectMany(policy => policy.Verdicts.Select(kind => $"{policy.Id}/{kind.ToString().ToLowerInvariant()}"));

    [Fact]
    public void Every_policy_says_what_its_fixtures_say()
    {
        var gate = new Gate("fixtures of policies", Expected());

        foreach (var fixture in fixtures.All)
        {
            gate.Record(fixture.Name, Of(fixture) is { } policy ? fixtures.Problem(policy, fixture) : $"there is no policy {fixture.Id}");
        }

        gate.Close();
    }

    [Fact]
    public void What_is_deleted_and_what_is_replaced_is_seen_with_its_reason()
    {
        var found = fixtures.Judge(Policy.All.Single(policy => policy.Id == "PLN-1"), fixtures.All.Single(fixture => fixture.Name == "PLN-1/fail"));

        Assert.Equal(
            [
                ("module.PLN-1-fail.aws_dynamodb_table.deleted", "it would be deleted with what it holds"),
                ("module.PLN-1-fail.aws_s3_bucket.renamed", "it would be replaced by an empty one, because of bucket"),
            ],
            found.Select(finding => (finding.Resource.Address, finding.Verdict.Why)).Order());
    }

    [Fact]
    public void A_policy_that_says_always_the_same_is_noticed()
    {
        var gate = new Gate(
            "policies with their body taken out",
            Policy.All.SelectMany(policy => Enum.GetNames<VerdictKind>().Select(kind => $"{policy.Id} always {kind}")));

        foreach (var policy in Policy.All)
        {
            foreach (var kind in Enum.GetValues<VerdictKind>())
            {
                var emptied = new Emptied(policy, kind);
                var noticed = fixtures.All.Where(fixture => fixture.Id == policy.Id).Any(fixture => fixtures.Problem(emptied, fixture) is not null);
                gate.Record($"{policy.Id} always {kind}", noticed ? null : "not noticed");
            }
        }

        gate.Close();
    }

    [Fact]
    public void Each_has_an_id_of_its_own_a_reason_and_a_folder_named_after_its_service()
    {
        Assert.Equal(Policy.All.Count, Policy.All.Select(policy => policy.Id).Distinct().Count());
        Assert.All(Policy.All, policy => Assert.EndsWith(".", policy.Reason, StringComparison.Ordinal));
        Assert.All(fixtures.All, fixture => Assert.EndsWith(
            Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(fixture.Folder)!)!),
            Of(fixture)!.GetType().Namespace!,
            StringComparison.OrdinalIgnoreCase));
    }

    private static Policy? Of(PlannedFixtures.Fixture fixture) => Policy.All.FirstOrDefault(policy => policy.Id == fixture.Id);

    private sealed class Emptied(Policy policy, VerdictKind kind) : Policy(policy.Id, policy.Reason, [], [.. policy.Types])
    {
        public override bool Judges(ResourceChange resource) => policy.Judges(resource);

        public override Verdict Judge(Subject subject) => new(kind, "");
    }
}
