using System.Xml.Linq;
using Causeway.Harness.Checks;

namespace Causeway.Offline.Checks;

/// <summary>Gates run in an order that shows first what a change may have broken, and what none looked at is not green.</summary>
public sealed class CheckRunTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void What_a_change_concerns_begins_first_and_nothing_before_what_it_follows()
    {
        IGate[] gates = [new Follower(), new Slow(), new Other(), new Concerned()];

        Assert.Equal(
            [typeof(Concerned), typeof(Slow), typeof(Follower), typeof(Other)],
            CheckRun.InOrder(gates, ["a/concerned.txt"]).Select(gate => gate.GetType()));
    }

    [Fact]
    public async Task A_gate_that_looks_at_nothing_leaves_something_out_or_throws_has_failed_and_stops_no_other()
    {
        IGate[] gates = [new Concerned(), new Other(), new Slow(), new Follower(), new Throwing()];
        var said = new List<string>();

        var reports = await new CheckRun(new CheckContext(workbench.Checkout, workbench.Tools), gates).RunAsync(report => said.Add(report.Gate), Stop);

        Assert.Equal(gates.Select(gate => gate.Name).Order(), said.Order());
        Assert.Equal([], Of("concerned").Failures);
        Assert.Equal([new ItemProblem("other", "there was nothing to look at")], Of("other").Failures);
        Assert.Equal([new ItemProblem("b", "was never looked at"), new ItemProblem("c", "was looked at and not expected")], Of("slow").Failures);
        Assert.Equal([new ItemProblem("follower", "did not run, since “slow” failed")], Of("follower").Failures);
        Assert.StartsWith("System.InvalidOperationException: unforeseen", Assert.Single(Of("throwing").Failures).Problem, StringComparison.Ordinal);

        string[] lines = [.. CheckTable.Lines(reports, [new Other()])];
        Assert.Contains("skipped: concerned: b: not here", lines);
        Assert.Contains("left out: other", lines);
        Assert.Equal("1 passed, 4 failed", lines[^1]);

        var file = Path.Combine(workbench.Scratch.FullName, "check.xml");
        CheckTable.Write(reports, file);
        Assert.Equal(
            ["a", "b"], XDocument.Load(file).Descendants("testsuite").Single(suite => (string?)suite.Attribute("name") == "concerned").Elements()
                .Select(test => (string?)test.Attribute("name")));

        GateReport Of(string gate) => reports.Single(report => report.Gate == gate);
    }

    [Fact]
    public async Task What_a_gate_costs_is_measured_where_it_runs_alone()
    {
        var context = new CheckContext(workbench.Checkout, workbench.Tools);
        var spent = CpuTime.Now();

        var alone = Assert.Single(await new CheckRun(context, [new Costly()], atOnce: 1).RunAsync(_ => { }, Stop));
        var beside = Assert.Single(await new CheckRun(context, [new Concerned()]).RunAsync(_ => { }, Stop));

        Assert.InRange(alone.Cpu!.Programs, TimeSpan.FromTicks(1), (CpuTime.Now() - spent).Programs);
        Assert.Contains("cpu", CheckTable.Lines([alone], []).First(), StringComparison.Ordinal);
        Assert.Null(beside.Cpu);
        Assert.DoesNotContain("cpu", CheckTable.Lines([beside], []).First(), StringComparison.Ordinal);
    }

    private sealed class Costly : Trial
    {
        protected override void Look(Tally tally)
        {
            tally.Expect("a");
            using var program = System.Diagnostics.Process.Start("sh", ["-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"]);
            program.WaitForExit();
            tally.Record("a", null);
        }
    }

    private sealed class Concerned : Trial
    {
        public override bool IsAbout(string file) => file.EndsWith("concerned.txt", StringComparison.Ordinal);

        protected override void Look(Tally tally)
        {
            tally.Expect("a", "b");
            tally.Record("a", null);
            tally.Skip("b", "not here");
        }
    }

    private sealed class Other : Trial;

    private sealed class Slow : Trial
    {
        public override bool IsQuick => false;

        protected override void Look(Tally tally)
        {
            tally.Expect("a", "b");
            tally.Record("a", null);
            tally.Record("c", null);
        }
    }

    private sealed class Follower : Trial
    {
        public override bool IsQuick => false;

        public override Type? After => typeof(Slow);
    }

    private sealed class Throwing : Trial
    {
        protected override void Look(Tally tally) => throw new InvalidOperationException("unforeseen");
    }

    private abstract class Trial : IGate
    {
        public string Name => GetType().Name.ToLowerInvariant();

        public virtual bool IsQuick => true;

        public virtual Type? After => null;

        public virtual bool IsAbout(string file) => false;

        public Task RunAsync(CheckContext context, Tally tally, CancellationToken stop)
        {
            Look(tally);

            return Task.CompletedTask;
        }

        protected virtual void Look(Tally tally)
        {
        }
    }
}
