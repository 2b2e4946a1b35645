using Causeway.Chaos.Evidence;
using Causeway.Chaos.Experiments;
using Causeway.Chaos.Reports;
using Causeway.Harness;
using Causeway.Load.Verification;

namespace Causeway.Offline.Chaos
{
    /// <summary>How experiments are found, what the command says of a wrong line before it touches a platform, and what makes one fail.</summary>
    public sealed class ExperimentTests(Workbench workbench)
    {
        private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

        private static readonly ExperimentReport Good = new()
        {
            Workload = "bakery",
            Experiment = new Nowhere.Lost(),
            Options = new ChaosOptions(1),
            Started = DateTimeOffset.UnixEpoch,
            Moments = new Moments(8 * Second, 8 * Second, 18 * Second, 18 * Second),
            During = (1000, 10),
            Recovery = 2 * Second,
            Acknowledged = 500,
            StoppedPackets = 3,
            Alerts = [new AlertResult(new("A"), 5 * Second, Received: true)],
            Panels = [new PanelResult(ExpectedPanel.Fills("d", "p"), 0, 1)],
            Verification = new VerificationResult(new HistoryCheck(500, 500, 0, 0, 0, 10, 5, 0, []), []),
        };

        private static CancellationToken Stop => TestContext.Current.CancellationToken;

        private Task<CommandResult> ChaosAsync(params string[] arguments) => CommandLine
            .Of("dotnet", [workbench.Checkout.PathTo("artifacts", "bin", "Chaos", "debug", "Chaos.dll"), "chaos", .. arguments])
            .In(workbench.Checkout.Root).With("CAUSEWAY_ROOT", workbench.Checkout.Root).TryRunAsync(Stop);

        [Fact]
        public async Task Every_fault_is_listed_with_what_must_be_seen_of_it()
        {
            var list = await ChaosAsync("list");
            var all = await ChaosAsync();

            Assert.Equal((0, list.Output), (list.ExitCode, all.Output));
            Assert.All(
                [
                    "replica-killed", "rolling-update", "partition", "partition-one-way", "latency", "packet-loss", "dns-failing", "database-paused",
                    "database-throttled", "node-lost", "collector-down", "cpu-starved", "out-of-memory", "clock-steps",
                ],
                name => Assert.Matches($@"(?m)^orders {name}: \S.*\n    lasts .*\n    alerts: \S.*\n    panels: \S", list.Output));
        }

        [Fact]
        public void Experiments_that_show_themselves_alike_do_not_follow_each_other()
        {
            FoundExperiment Showing(string name, params ExpectedAlert[] alerts) => new("bakery", new Nowhere.Named(name, alerts), null!);
            FoundExperiment[] all =
            [
                Showing("a", new ExpectedAlert("One")), Showing("b", new ExpectedAlert("One")), Showing("c", new ExpectedAlert("One"), new("Two")),
                Showing("d"), Showing("e", new ExpectedAlert("Two")), Showing("f"),
            ];

            var order = RunningOrder.Of(all);

            Assert.Equal(all.OrderBy(found => found.Experiment.Name), order.OrderBy(found => found.Experiment.Name));
            Assert.All(order.Zip(order.Skip(1)), pair => Assert.Empty(RunningOrder.Signs(pair.First).Intersect(RunningOrder.Signs(pair.Second))));
        }

        [Theory]
        [InlineData("There is no fault nowhere.", "nowhere")]
        [InlineData("bakery has no faults.", "partition", "--workload", "bakery")]
        [InlineData("exclude each other", "partition", "--all")]
        [InlineData("exclude each other", "--short", "--all")]
        [InlineData("`soon` is not a time: write 30s, 5m or 1h.", "partition", "--duration", "soon")]
        public async Task A_wrong_line_ends_with_2_and_says_why(string reason, params string[] arguments)
        {
            var run = await ChaosAsync(arguments);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        }

        [Fact]
        public void An_experiment_outside_of_a_workloads_folder_is_refused()
        {
            var refusal = Assert.Throws<PlatformException>(() => FoundExperiment.In(typeof(Nowhere.Lost).Assembly, workbench.Checkout));

            Assert.StartsWith("Causeway.Offline.Chaos.Nowhere.Lost belongs to no workload.", refusal.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void What_holds_passes() => Assert.Equal((ExperimentVerdict.Passed, 0), (Good.Verdict, Good.Reasons.Count));

        [Fact]
        public void A_process_that_is_what_breaks_may_ask_to_be_restarted() => Assert.Equal(
            ExperimentVerdict.Passed,
            (Good with { Experiment = new Nowhere.Breaking(), FailedLiveness = new Dictionary<string, int> { ["shop-0"] = 2 } }).Verdict);

        public static TheoryData<string> Faults => [.. Broken.Keys];

        private static readonly Dictionary<string, ExperimentReport> Broken = new()
        {
            ["failed share while it was broken: expected ≤ 0.1, found 0.2"] = Good with { During = (1000, 200) },
            ["failed share while it was broken: expected ≤ 0.1, found NaN"] = Good with { During = (0, 0) },
            ["seconds until it recovered: expected ≤ 5, found 6"] = Good with { Recovery = 6 * Second },
            ["seconds until it recovered: expected ≤ 5, found NaN"] = Good with { Recovery = null },
            ["requests while it was broken: expected ≥ 100, found 99"] = Good with { During = (99, 0) },
            ["acknowledged writes: expected ≥ 300, found 299"] = Good with { Acknowledged = 299 },
            ["packets that were stopped: expected ≥ 1, found 0"] = Good with { StoppedPackets = 0 },
            ["alert A: expected fires, and Alertmanager has it, found did not fire"] = Good with { Alerts = [new AlertResult(new("A"), null, false)] },
            ["alert A: expected fires, and Alertmanager has it, found fired after 5 s, and Alertmanager did not have it"] =
                Good with { Alerts = [new AlertResult(new("A"), 5 * Second, false)] },
            ["panel d: p: expected fills, found 0 before, 0 then"] = Good with { Panels = [new PanelResult(ExpectedPanel.Fills("d", "p"), 0, 0)] },
            ["verification: expected nothing lost, double or unexpected, found nothing was verified"] = Good with { Verification = null },
            ["liveness: expected no process asks to be restarted, found shop-0 did 2 times"] =
                Good with { FailedLiveness = new Dictionary<string, int> { ["shop-0"] = 2 } },
            ["calls: expected ≤ 5, found 6"] =
                Good with { Experiment = new Nowhere.Limited(), Figures = new Dictionary<string, double> { ["calls"] = 6 } },
            ["calls: expected ≤ 5, found NaN"] = Good with { Experiment = new Nowhere.Limited() },
            ["duplicate: expected 0, found 2"] =
                Good with { Verification = new VerificationResult(new HistoryCheck(500, 500, 0, 2, 0, 10, 5, 0, []), []) },
            ["lost: expected 0 of 0 acknowledged, found 0"] =
                Good with { Verification = new VerificationResult(new HistoryCheck(0, 0, 0, 0, 0, 10, 5, 0, []), []) },
            ["lost: a"] = Good with { Verification = new VerificationResult(new HistoryCheck(500, 499, 1, 0, 0, 10, 5, 0, ["lost: a"]), []) },
            ["stock: expected 5, found 4"] =
                Good with { Verification = new VerificationResult(Good.Verification!.History, [new Invariant("stock", "5", "4")]) },
            ["pages that fired, latency aside: expected none, found AvailabilityBudgetBurn"] =
                Good with { Experiment = new Nowhere.Silent(), Alerts = [], Fired = [Fired("LatencyBudgetBurn"), Fired("AvailabilityBudgetBurn")] },
            ["broke off: no"] = Good with { BrokeOff = "no" },
        };

        private static FiredAlert Fired(string name) =>
            new(new Dictionary<string, string> { ["alertname"] = name, ["severity"] = "page" }, Second, Received: true);

        [Theory]
        [MemberData(nameof(Faults))]
        public void What_does_not_hold_fails_and_is_named(string reason)
        {
            Assert.Equal(ExperimentVerdict.Failed, Broken[reason].Verdict);
            Assert.Contains(reason, Broken[reason].Reasons);
        }

        [Fact]
        public void Without_a_steady_state_nothing_is_said()
        {
            var report = Good with { NotSteady = "requests fail" };

            Assert.Equal(ExperimentVerdict.Invalid, report.Verdict);
            Assert.Equal(["invalid: not steady before anything was broken: requests fail"], report.Reasons);
        }

        [Fact]
        public void A_shorter_run_has_to_acknowledge_its_share_only() =>
            Assert.Equal(ExperimentVerdict.Passed, (Good with { Options = new ChaosOptions(1, Duration: 5 * Second), Acknowledged = 150 }).Verdict);

        [Theory]
        [InlineData(PanelChange.Fills, 0, 0.1, true)]
        [InlineData(PanelChange.Fills, 0.1, 5, false)]
        [InlineData(PanelChange.Fills, 0, 0, false)]
        [InlineData(PanelChange.Rises, 2, 3, true)]
        [InlineData(PanelChange.Rises, 2, 2.9, false)]
        [InlineData(PanelChange.Rises, 0, 0, false)]
        [InlineData(PanelChange.Falls, 3, 2, true)]
        [InlineData(PanelChange.Falls, 3, 2.1, false)]
        [InlineData(PanelChange.Falls, 0, 0, false)]
        public void A_panel_has_to_change_as_expected(PanelChange change, double before, double during, bool passed) =>
            Assert.Equal(passed, new PanelResult(new ExpectedPanel("d", "p", change), before, during).Passed);

        [Theory]
        [InlineData("kube_deployment_status_replicas_available < kube_deployment_spec_replicas", true)]
        [InlineData("kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.1", true)]
        [InlineData("max by (namespace) (container_memory_working_set_bytes{container!=\"\"}) > 1", true)]
        [InlineData("up{job=\"kube_state_metrics\"} == 0", false)]
        [InlineData("service:instances:count < 2", false)]
        public void An_alert_on_series_of_a_cluster_is_counted_apart(string expression, bool needsCluster) =>
            Assert.Equal(needsCluster, Coverage.AsksForCluster(expression));
    }
}

namespace Causeway.Offline.Chaos.Nowhere
{
    /// <summary>An experiment in the folder of no workload.</summary>
    internal class Lost : IExperiment
    {
        public virtual string Name => "lost";

        public string Description => "Belongs to none.";

        public TimeSpan Duration => TimeSpan.FromSeconds(10);

        public virtual IReadOnlyList<ExpectedAlert> Alerts => [new("A")];

        public IReadOnlyList<ExpectedPanel> Panels => [];

        public virtual IReadOnlyDictionary<string, double> Limits => new Dictionary<string, double>();

        public Budget Budget => new(FailedShare: 0.1, Recovery: TimeSpan.FromSeconds(5), LeastAcknowledged: 300, LeastRequests: 100);

        public Task<IAsyncDisposable> BreakAsync(ExperimentRun run, CancellationToken stop) => throw new NotSupportedException();
    }

    /// <summary>One with a name and alerts.</summary>
    internal sealed class Named(string name, IReadOnlyList<ExpectedAlert> alerts) : Lost
    {
        public override string Name => name;

        public override IReadOnlyList<ExpectedAlert> Alerts => alerts;
    }

    /// <summary>One that limits what it notes.</summary>
    internal sealed class Limited : Lost
    {
        public override IReadOnlyDictionary<string, double> Limits => new Dictionary<string, double> { ["calls"] = 5 };
    }

    /// <summary>One that breaks a process from within.</summary>
    internal sealed class Breaking : Lost, IExperiment
    {
        bool IExperiment.BreaksProcesses => true;
    }

    /// <summary>One that must fire nothing.</summary>
    internal sealed class Silent : Lost
    {
        public override IReadOnlyList<ExpectedAlert> Alerts => [];
    }
}
