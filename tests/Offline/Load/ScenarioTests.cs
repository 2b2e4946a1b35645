using Causeway.Harness;
using Causeway.Load;
using Causeway.Load.Scenarios;

namespace Causeway.Offline.Load
{
    /// <summary>How scenarios are found, and what the command says of a wrong line before it touches a platform.</summary>
    public sealed class ScenarioTests(Workbench workbench)
    {
        private static CancellationToken Stop => TestContext.Current.CancellationToken;

        private Task<CommandResult> LoadAsync(params string[] arguments) => CommandLine
            .Of("dotnet", [workbench.Checkout.PathTo("artifacts", "bin", "LoadScenarios", "debug", "LoadScenarios.dll"), .. arguments])
            .In(workbench.Checkout.Root).With("CAUSEWAY_ROOT", workbench.Checkout.Root).TryRunAsync(Stop);

        [Fact]
        public async Task Every_scenario_is_listed_with_its_thresholds()
        {
            var list = await LoadAsync("list");
            var all = await LoadAsync();

            Assert.Equal((0, list.Output), (list.ExitCode, all.Output));
            Assert.All(
                ["steady", "ramp", "spike", "soak", "mixed", "hot-sku", "overload", "figures"],
                name => Assert.Matches($@"(?m)^orders {name}: \S", list.Output));
            Assert.Matches(@"(?m)^    p99 +99th percentile of .* ≤ \d+$", list.Output);
        }

        [Theory]
        [InlineData("There is no scenario nowhere.", "nowhere")]
        [InlineData("bakery has no scenario.", "steady", "--workload", "bakery")]
        [InlineData("The scenario has no threshold p9.", "steady", "--threshold", "p9=1")]
        [InlineData("--threshold p99 is not a limit.", "steady", "--threshold", "p99")]
        [InlineData("--rate 0 lets nothing arrive.", "steady", "--rate", "0")]
        [InlineData("`soon` is not a time: write 30s, 5m or 1h.", "steady", "--duration", "soon")]
        [InlineData("no-such-commit is not a commit of this repository.", "steady", "--compare", "no-such-commit")]
        [InlineData("--pairs 9 are too few to say anything.", "steady", "--compare", "HEAD", "--pairs", "9")]
        public async Task A_wrong_line_ends_with_2_and_says_why(string reason, params string[] arguments)
        {
            var run = await LoadAsync(arguments);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        }

        [Fact]
        public void A_scenario_outside_of_a_workloads_folder_is_refused()
        {
            var refusal = Assert.Throws<PlatformException>(() => FoundScenario.In(typeof(Nowhere.Lost).Assembly, workbench.Checkout));

            Assert.StartsWith("Scenario Causeway.Offline.Load.Nowhere.Lost belongs to no workload.", refusal.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void A_name_that_several_workloads_have_needs_the_workload()
        {
            FoundScenario[] all = [new("bakery", new Nowhere.Lost()), new("library", new Nowhere.Lost())];

            Assert.Equal("bakery", FoundScenario.Choose(all, "lost", "bakery").Workload);
            Assert.Contains("bakery, library", Assert.Throws<UsageException>(() => FoundScenario.Choose(all, "lost", null)).Message, StringComparison.Ordinal);
        }
    }
}

namespace Causeway.Offline.Load.Nowhere
{
    /// <summary>In a namespace that ends with no workload's name.</summary>
    internal sealed class Lost : IScenario
    {
        public string Name => "lost";

        public string Description => "";

        public TimeSpan Duration => TimeSpan.Zero;

        public double Rate => 0;

        public IReadOnlyList<Threshold> Thresholds => [];

        public Task RunAsync(ScenarioRun run, CancellationToken stop) => Task.CompletedTask;
    }
}
