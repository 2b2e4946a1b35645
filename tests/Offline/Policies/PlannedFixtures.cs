using Causeway.Harness.Policies;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform;
using Microsoft.Extensions.Time.Testing;

namespace Causeway.Offline.Policies;

/// <summary>
/// The fixtures of all policies, planned at once: each is a module of one root. In a fixture <c>fail</c> each resource of the policy's types fails by itself;
/// in <c>pass</c> and <c>unknown</c> likewise. What a fixture has in <c>before.tf</c> is there already when <c>main.tf</c> is planned.
/// </summary>
public sealed class PlannedFixtures(Workbench workbench) : IAsyncLifetime
{
    // So that a fixture's verdict stays what it is.
    private static readonly DateTimeOffset Day = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    private TerraformRoot? root;
    private Plan? plan;

    internal IReadOnlyList<Fixture> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(workbench.Fixtures, "policies"), "main.tf", SearchOption.AllDirectories)
            .Select(file => new Fixture(Path.GetDirectoryName(file)!))
            .OrderBy(fixture => fixture.Name, StringComparer.Ordinal),
    ];

    public async ValueTask InitializeAsync()
    {
        var stored = workbench.Scratch.CreateSubdirectory("policies").FullName;
        var options = new TerraformOptions { Cloud = Path.Combine(stored, "cloud.jsonl"), State = Path.Combine(stored, "terraform.tfstate") };
        Fixture[] changing = [.. All.Where(fixture => File.Exists(fixture.Before))];

        await using (var before = await TerraformRoot.CopyAsync(Root(changing, fixture => fixture.Before), options, CancellationToken.None))
        {
            await before.ApplyAsync(CancellationToken.None);

            // The next root plans on it, and all of it goes with the scratch folder.
            before.Disown();
        }

        root = await TerraformRoot.CopyAsync(Root(All, fixture => fixture.Main), options, CancellationToken.None);
        plan = await root.PlanAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (root is not null)
        {
            await root.DisposeAsync();
        }
    }

    private string Root(IReadOnlyCollection<Fixture> fixtures, Func<Fixture, string> file)
    {
        var calls = fixtures.Select(fixture => $"module \"{fixture.Module}\" {{\n  source = \"./{fixture.Module}\"\n}}\n");

        return Scratch.Folder(
            workbench,
            [
                ("main.tf", $"provider \"aws\" {{\n  region = \"eu-central-1\"\n}}\n\n{string.Join('\n', calls)}"),
                .. fixtures.Select(fixture => ($"{fixture.Module}/main.tf", File.ReadAllText(file(fixture)))),
            ]);
    }

    /// <summary>What a policy says of a fixture's resources.</summary>
    /// <param name="at">When it is asked; null is 30 November 2026.</param>
    internal IReadOnlyList<Finding> Judge(ResourcePolicy policy, Fixture fixture, DateTimeOffset? at = null) =>
    [
        .. PolicyCheck.Of(plan!, [policy], fixture.Name, Waivers.None, time: new FakeTimeProvider(at ?? Day))
            .Where(finding => finding.Address.StartsWith($"module.{fixture.Module}.", StringComparison.Ordinal)),
    ];

    /// <summary>What is wrong with a policy by one of its fixtures; null where it says what the fixture's name says of each resource of its types.</summary>
    internal string? Problem(ResourcePolicy policy, Fixture fixture) => fixture.Problem(Judge(policy, fixture));

    internal sealed record Fixture(string Folder) : PolicyFixture(Folder)
    {
        public string Main => Path.Combine(Folder, "main.tf");

        public string Before => Path.Combine(Folder, "before.tf");

        public string Module => $"{Id}-{Path.GetFileName(Folder)}";
    }
}
