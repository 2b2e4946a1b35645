using Causeway.Harness.Workflows;

namespace Causeway.Offline.Workflows;

/// <summary>Every rule of workflows by its fixtures: each fault is found by its rule and by no other, and what has no fault passes all.</summary>
public sealed class WorkflowRuleTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WorkflowFixture[] Faults => [.. WorkflowFixture.Invalid(workbench).Where(fixture => fixture.Id is not "actionlint")];

    [Fact]
    public void Every_fault_is_found_by_its_rule_and_by_no_other()
    {
        var gate = new Gate("faults in workflows", Faults.Select(fixture => fixture.Name));

        foreach (var fixture in Faults)
        {
            gate.Record(fixture.Name, ProblemOfFault(fixture, WorkflowRule.All));
        }

        gate.Close();
        Assert.Equal([], WorkflowRule.All.Select(rule => rule.Id).Except(Faults.Select(fixture => fixture.Id)).Select(id => $"{id} has no fixture"));
    }

    [Fact]
    public async Task What_has_no_fault_passes_every_rule_and_actionlint()
    {
        var valid = WorkflowFixture.Valid(workbench);
        var linted = await new Actionlint(workbench.Checkout, workbench.Tools).CheckAsync(
            [.. valid.Where(fixture => !fixture.File.IsAction).Select(fixture => (fixture.Name, fixture.Text))], Stop);
        var gate = new Gate("workflows without a fault", valid.Select(fixture => fixture.Name));

        foreach (var fixture in valid)
        {
            string[] found = [.. WorkflowCheck.ByRules(fixture.File), .. linted[fixture.Name]];
            gate.Record(fixture.Name, found is [] ? null : string.Join("; ", found));
        }

        gate.Close();
    }

    [Fact]
    public async Task Actionlint_finds_what_GitHub_would_refuse()
    {
        WorkflowFixture[] faults = [.. WorkflowFixture.Invalid(workbench).Where(fixture => fixture.Id is "actionlint")];
        var linted = await new Actionlint(workbench.Checkout, workbench.Tools).CheckAsync([.. faults.Select(fixture => (fixture.Name, fixture.Text))], Stop);
        var gate = new Gate("faults that actionlint finds", faults.Select(fixture => fixture.Name));

        foreach (var fixture in faults)
        {
            gate.Record(
                fixture.Name,
                linted[fixture.Name].Any(problem => problem.Contains(fixture.Expected, StringComparison.Ordinal))
                    ? null
                    : $"found “{string.Join("”, “", linted[fixture.Name])}”");
        }

        gate.Close();
        await Assert.ThrowsAsync<ArgumentException>(() => new Actionlint(workbench.Checkout, workbench.Tools).CheckAsync([], Stop));
    }

    [Fact]
    public void A_rule_whose_body_is_taken_out_is_noticed()
    {
        var gate = new Gate(
            "rules with their body taken out", WorkflowRule.All.SelectMany(rule => new[] { $"{rule.Id} always silent", $"{rule.Id} never silent" }));

        foreach (var rule in WorkflowRule.All)
        {
            foreach (var (name, says) in new (string, string[])[] { ("always", []), ("never", ["line 1: always"]) })
            {
                WorkflowRule[] emptied = [.. WorkflowRule.All.Except([rule]), new Emptied(rule, says)];
                var noticed = Faults.Any(fixture => ProblemOfFault(fixture, emptied) is not null)
                    || WorkflowFixture.Valid(workbench).Any(fixture => WorkflowCheck.ByRules(fixture.File, emptied).Any());
                gate.Record($"{rule.Id} {name} silent", noticed ? null : "not noticed");
            }
        }

        gate.Close();
    }

    [Fact]
    public void Each_has_a_number_of_its_own_and_a_reason() =>
        Assert.Equal(
            Enumerable.Range(1, WorkflowRule.All.Count).Select(number => $"GHA-{number}"),
            WorkflowRule.All.Where(rule => rule.Reason.EndsWith('.')).Select(rule => rule.Id));

    [Theory]
    [InlineData("jobs: [", "bad.yaml, line 2: ")]
    [InlineData("name: x", "bad.yaml: the field jobs is missing.")]
    [InlineData("jobs: { a: b }", "bad.yaml, line 1: expected a map.")]
    [InlineData("", "bad.yaml: expected one YAML document.")]
    public void What_is_not_a_workflow_is_an_error(string text, string problem) =>
        Assert.StartsWith(problem, Assert.Throws<InvalidDataException>(() => new WorkflowFile("bad.yaml", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("./causeway check", new[] { "check" }, new string[0])]
    [InlineData("  ./causeway diff \"origin/$BASE\" --markdown a.md\n", new[] { "diff", "origin/$BASE", "--markdown", "a.md" }, new[] { "BASE" })]
    [InlineData("./causeway pin \"${ENVIRONMENT}-$A$A\"", new[] { "pin", "${ENVIRONMENT}-$A$A" }, new[] { "ENVIRONMENT", "A" })]
    [InlineData("causeway check", null, null)]
    [InlineData("./causeway", null, null)]
    [InlineData("./causeway check; rm x", null, null)]
    [InlineData("./causeway check `id`", null, null)]
    [InlineData("./causeway check \"`id`\"", null, null)]
    [InlineData("./causeway check | tee x", null, null)]
    [InlineData("./causeway check\n./causeway test", null, null)]
    [InlineData("./causeway check *", null, null)]
    public void Only_a_line_that_is_one_verb_is_read_as_one(string text, string[]? words, string[]? variables)
    {
        var line = VerbLine.Parse(text);

        Assert.Equal(words, line?.Words);
        Assert.Equal(variables, line?.Variables);
    }

    private static string? ProblemOfFault(WorkflowFixture fixture, IReadOnlyList<WorkflowRule> rules)
    {
        string[] found = [.. WorkflowCheck.ByRules(fixture.File, rules)];

        return found is [var only] && only.StartsWith($"{fixture.Name}, {fixture.Expected}", StringComparison.Ordinal)
            && only.EndsWith($"({fixture.Id})", StringComparison.Ordinal)
            ? null
            : $"found “{string.Join("”, “", found)}”";
    }

    private sealed class Emptied(WorkflowRule rule, string[] says) : WorkflowRule(rule.Id, rule.Reason)
    {
        public override IEnumerable<string> Problems(WorkflowFile file) => says;
    }
}
