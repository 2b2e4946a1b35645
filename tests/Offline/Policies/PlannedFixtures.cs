using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform;

namespace Causeway.Offline.Policies;

/// <summary>
/// The fixtures of all policies, planned at once: each is a module of one root. In a fixture <c>fail</c> each resource of the policy's types fails by itself;
/// in <c>pass</c> and <c>unknown</c> likewise.
/// </summary>
public sealed class PlannedFixtures(Workbench workbench) : IAsyncLifetime
{
    private TerraformRoot? root;
    private Plan? plan;

    /// <summary>By policy's id and verdict: <c>DDB-1/pass</c>.</summary>
    internal IReadOnlyList<Fixture> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(workbench.Fixtures, "policies"), "main.tf", SearchOption.AllDirectories)
            .Select(file => new Fixture(Path.GetDirectoryName(file)!))
            .OrderBy(fixture => fixture.Name, StringComparer.Ordinal),
    ];

    public async ValueTask InitializeAsync()
    {
        var calls = All.Select(fixture => $"module \"{fixture.Module}\" {{\n  source = \"./{fixture.Module}\"\n}}\n");
        var folder = Scratch.Folder(
            workbench,
            [
                ("main.tf", $"provider \"aws\" {{\n  region = \"eu-central-1\"\n}}\n\n{string.Join('\n', calls)}"),
                .. All.Select(fixture => ($"{fixture.Module}/main.tf", File.ReadAllText(Path.Combine(fixture.Folder, "main.tf")))),
            ]);
        root = await TerraformRoot.CopyAsync(folder, CancellationToken.None);
        plan = await root.PlanAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (root is not null)
        {
            await root.DisposeAsync();
        }
    }

    /// <summary>What a policy says of a fixture's resources.</summary>
    internal IReadOnlyList<Finding> Judge(Policy policy, Fixture fixture) =>
        [.. PolicyCheck.Of(plan!, [policy], fixture.Name, Waivers.None).Where(finding => finding.Resource.Module == $"module.{fixture.Module}")];

    /// <summary>What is wrong with a policy by one of its fixtures; null where it says what the fixture's name says of each resource of its types.</summary>
    internal string? Problem(Policy policy, Fixture fixture)
    {
        var findings = Judge(policy, fixture);
        var others = findings.Where(finding => finding.Verdict.Kind != fixture.Verdict).Select(finding => $"{finding.Resource.Address}: {finding.Verdict}");

        return findings is [] ? "nothing in it is of the policy's types" : others.Any() ? $"wanted {fixture.Verdict}: {string.Join("; ", others)}" : null;
    }

    internal sealed record Fixture(string Folder)
    {
        public string Id => Path.GetFileName(Path.GetDirectoryName(Folder)!);

        public VerdictKind Verdict => Enum.Parse<VerdictKind>(Path.GetFileName(Folder), ignoreCase: true);

        public string Name => $"{Id}/{Path.GetFileName(Folder)}";

        public string Module => $"{Id}-{Path.GetFileName(Folder)}";
    }
}
