using System.Globalization;
using System.Text.RegularExpressions;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Policies;

/// <summary>Every policy by its fixtures: one that must pass, one that must fail, one that does not say enough.</summary>
public sealed partial class PolicyTests(PlannedFixtures planned, Workbench workbench) : IClassFixture<PlannedFixtures>
{
    private readonly IReadOnlyList<PolicyFixture> fixtures =
        [.. planned.All.Concat<PolicyFixture>(RenderedFixture.All(workbench)).OrderBy(fixture => fixture.Name, StringComparer.Ordinal)];

    private static IEnumerable<string> Expected() =>
        Policy.All.SelectMany(policy => policy.Verdicts.Select(kind => $"{policy.Id}/{kind.ToString().ToLowerInvariant()}"));

    [Fact]
    public void Every_policy_says_what_its_fixtures_say()
    {
        var gate = new Gate("fixtures of policies", Expected());

        foreach (var fixture in fixtures)
        {
            gate.Record(fixture.Name, Of(fixture) is { } policy ? Problem(policy, fixture) : $"there is no policy {fixture.Id}");
        }

        gate.Close();
    }

    [Fact]
    public void What_is_deleted_and_what_is_replaced_is_seen_with_its_reason()
    {
        var found = planned.Judge(
            Policy.All.OfType<ResourcePolicy>().Single(policy => policy.Id == "PLN-1"), planned.All.Single(fixture => fixture.Name == "PLN-1/fail"));

        Assert.Equal(
            [
                ("module.PLN-1-fail.aws_dynamodb_table.deleted", "it would be deleted with what it holds"),
                ("module.PLN-1-fail.aws_s3_bucket.renamed", "it would be replaced by an empty one, because of bucket"),
            ],
            found.Select(finding => (finding.Address, finding.Verdict.Why)).Order());
    }

    [Theory]
    [InlineData("2027-03-27T23:59:59Z", new string[0])]
    [InlineData("2027-03-28T00:00:00Z", new[] { "this" })]
    [InlineData("2027-08-03T00:00:00Z", new[] { "newer", "this" })]
    public void A_version_of_Kubernetes_fails_from_the_day_after_its_standard_support(string now, string[] failing)
    {
        var found = planned.Judge(
            Policy.All.OfType<ResourcePolicy>().Single(policy => policy.Id == "EKS-3"),
            planned.All.Single(fixture => fixture.Name == "EKS-3/pass"),
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        Assert.Equal(2, found.Count);
        Assert.Equal(failing, found.Where(finding => finding.Verdict.Kind is VerdictKind.Fail).Select(finding => finding.Address.Split('.')[^1]).Order());
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
                var emptied = Emptied(policy, kind);
                var noticed = fixtures.Where(fixture => fixture.Id == policy.Id).Any(fixture => Problem(emptied, fixture) is not null);
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
        Assert.All(fixtures, fixture => Assert.EndsWith(fixture.Subject, Of(fixture)!.GetType().Namespace!, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_guide_lists_every_policy_once()
    {
        var guide = File.ReadAllText(Path.Combine(workbench.Checkout.Root, "docs", "policies.md"));

        Assert.Equal(
            Policy.All.Select(policy => policy.Id).Order(StringComparer.Ordinal),
            Row().Matches(guide).Select(row => row.Groups["id"].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<id>[A-Z0-9]+-[0-9]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static Policy? Of(PolicyFixture fixture) => Policy.All.FirstOrDefault(policy => policy.Id == fixture.Id);

    private string? Problem(Policy policy, PolicyFixture fixture) => (policy, fixture) switch
    {
        (ResourcePolicy ofResources, PlannedFixtures.Fixture plan) => planned.Problem(ofResources, plan),
        (ObjectPolicy ofObjects, RenderedFixture rendered) => rendered.Problem(ofObjects),
        _ => "it is a fixture of another sort of policy: main.tf is for resources, manifests are for objects",
    };

    private static Policy Emptied(Policy policy, VerdictKind kind) => policy switch
    {
        ResourcePolicy ofResources => new EmptiedOfResources(ofResources, kind),
        ObjectPolicy ofObjects => new EmptiedOfObjects(ofObjects, kind),
        _ => throw new NotSupportedException($"{policy.Id}: teach this test what a {policy.GetType().BaseType!.Name} judges."),
    };

    private sealed class EmptiedOfResources(ResourcePolicy policy, VerdictKind kind) : ResourcePolicy(policy.Id, policy.Reason, [], [.. policy.Types])
    {
        public override bool Judges(ResourceChange resource) => policy.Judges(resource);

        public override Verdict Judge(Subject subject) => new(kind, "");
    }

    private sealed class EmptiedOfObjects(ObjectPolicy policy, VerdictKind kind) : ObjectPolicy(policy.Id, policy.Reason, [])
    {
        public override bool Judges(ManifestObject item) => policy.Judges(item);

        public override Verdict Judge(ManifestObject item, Rendering rendering) => new(kind, "");
    }
}
