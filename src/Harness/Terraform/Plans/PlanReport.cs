using Causeway.Harness.Costs;
using Causeway.Harness.Helm;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Policies;
using Causeway.Harness.Terraform.Digests;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>What a plan run reports: digests as they come, what policies say of them, notes once each, and at the end all of it as Markdown.</summary>
/// <param name="print">Receives every line.</param>
internal sealed class PlanReport(Repository repository, Action<string> print)
{
    // A comment has room for twenty remarks.
    private const int LongestList = 10;

    private readonly List<Digest> digests = [];
    private readonly List<string> notes = [];
    private readonly List<string> violations = [];
    private readonly List<string> sums = [];
    private readonly List<string> applied = [];
    private readonly Lazy<Waivers> waivers = new(() => Waivers.Load(repository, TimeProvider.System));

    /// <summary>What was planned, in order.</summary>
    public IReadOnlyList<Digest> Digests => digests;

    /// <summary>Where a plan is written, without secrets.</summary>
    /// <param name="name">Its name below the folder of plans.</param>
    public string FileOf(string name) => repository.PathTo(".causeway", "plan", $"{name}.json");

    public void Print(string line) => print(line);

    public void Show(Digest digest, string file)
    {
        digests.Add(digest);
        digest.Lines().ToList().ForEach(print);
        print($"  plan: {Path.GetRelativePath(repository.Root, file)}");
        print("");
    }

    /// <summary>Holds a plan against the policies, and prints what they say.</summary>
    /// <param name="name">The plan's name, as waivers know it.</param>
    public void Judge(Plan plan, string name)
    {
        var findings = PolicyCheck.Of(plan, name, waivers.Value, IsProtected(name));
        var problems = waivers.Value.Problems(name, findings);
        violations.AddRange(findings.Where(finding => finding.IsViolation).Select(finding => $"{finding}").Concat(problems).Select(line => $"{name}: {line}"));
        PolicyCheck.Lines(plan, findings).Concat(problems.Select(problem => $"    {problem}")).ToList().ForEach(print);
        print("");
    }

    // The first part of a stack's name is its environment.
    private bool? IsProtected(string name) =>
        name.Split('/')[0] is var environment && File.Exists(repository.PathTo("terraform", "envs", environment, "env.yaml"))
            ? Rendering.Protection(ReleaseRenderer.Facts(repository, environment))
            : null;

    /// <summary>Estimates what a plan's resources cost, and prints it.</summary>
    public Cost Estimate(Plan plan)
    {
        var prices = PriceTable.For(repository, plan);
        var cost = Cost.Of(plan, prices);
        CostReport.Lines(cost, prices).Append("").ToList().ForEach(print);

        return cost;
    }

    /// <summary>Adds up the estimates of an environment's stacks, prints the sum and holds it against the environment's limits.</summary>
    public void AddUp(string environment, IReadOnlyList<Cost> costs, CostLimits limits)
    {
        var above = CostReport.Above(costs, limits);
        var free = CostReport.Free(costs, limits);
        sums.Add(
            $"{environment} costs {CostReport.Sum(costs.Sum(cost => cost.Before), costs.Sum(cost => cost.After))}, beside what is paid by use" +
            (free > 0 ? $"; {CostReport.Dollars(free)} of it are free" : ""));
        violations.AddRange(above.Select(line => $"{environment}: {line}"));
        print(sums[^1]);
        above.Select(line => $"    {line}").ToList().ForEach(print);
        print("");
    }

    /// <summary>Keeps in mind that a plan was applied.</summary>
    /// <param name="name">The plan's name.</param>
    public void Applied(string name) => applied.Add(name);

    /// <summary>To be asked before a plan is applied.</summary>
    /// <param name="name">The plan's name.</param>
    /// <inheritdoc cref="ExpectNoViolation()" path="/exception"/>
    public void ExpectNoViolation(string name) =>
        ExpectNone($": {name} is not applied; {(applied is [] ? "nothing was before it" : $"{string.Join(", ", applied)} was before it")}");

    /// <exception cref="PlatformException">A plan violates a policy, or an environment costs more than it may.</exception>
    public void ExpectNoViolation() => ExpectNone("");

    private void ExpectNone(string consequence)
    {
        if (violations is not [])
        {
            throw new PlatformException(
                $"{violations.Count} {(violations.Count is 1 ? "violation" : "violations")} of policies or limits{consequence}.",
                $"Change what is planned, or excuse it for a time in {Waivers.File}: docs/policies.md. Limits of cost are in the environment's env.yaml.",
                string.Join('\n', violations));
        }
    }

    public void Note(string note)
    {
        if (!notes.Contains(note))
        {
            notes.Add(note);
            print($"note: {note}");
        }
    }

    /// <summary>Plans a root. What a reader should know of the choice of schemas is often why it fails, so it is printed in any case.</summary>
    public async Task<(Plan Plan, Digest Digest)> PlanAsync(PlannedRoot planned, string? file, PlanScope scope, CancellationToken stop)
    {
        try
        {
            return await planned.PlanAsync("Plan", file, stop, scope);
        }
        finally
        {
            planned.Root.Notes.ToList().ForEach(Note);
        }
    }

    public async Task WriteMarkdownAsync(string file, string title, string mode, CancellationToken stop)
    {
        var left = violations.Skip(LongestList).Count();
        string[] shown = [.. violations.Take(LongestList), .. left > 0 ? [$"{left} more violations of policies"] : Array.Empty<string>()];
        await File.WriteAllTextAsync(file, MarkdownDigest.Write(title, digests, [mode, .. shown, .. sums, .. notes]), stop);
        print($"markdown: {file}");
    }
}
