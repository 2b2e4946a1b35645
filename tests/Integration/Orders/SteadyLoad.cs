using System.Text.Json.Nodes;
using Causeway.Load;
using Causeway.Load.Scenarios;
using Causeway.LoadScenarios;

namespace Causeway.Integration.Orders;

/// <summary>A short run of a load scenario: whatever the machine is worth, nothing that was acknowledged is lost.</summary>
public sealed class SteadyLoad(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_seconds_of_steady_load_are_verified_and_reported()
    {
        var steady = FoundScenario.Choose(FoundScenario.In(typeof(LoadCommand).Assembly, running.Repository), "steady", "orders");
        var output = TestContext.Current.TestOutputHelper!;
        var runner = new ScenarioRunner(running.Repository, running.Platform, output.WriteLine);

        var report = await runner.RunAsync(steady, new ScenarioOptions(Seed: 1, TimeSpan.FromSeconds(10), Rate: 15), Stop);

        var history = report.Verification!.History;
        output.WriteLine(
            $"acknowledged orders: {history.Acknowledged} expected, {history.Found} checked, 0 skipped; " +
            $"{history.Lost} lost, {history.Duplicate} duplicate, {history.Unexpected} unexpected, {history.Unknown} unknown");
        // The thresholds, and whether the load was valid, are about the machine as well, which is shared with other tests.
        Assert.True(report.Verification.Passed, string.Join('\n', report.Reasons));
        Assert.True(history.Acknowledged > 100, $"Only {history.Acknowledged} orders were acknowledged: the run shows too little.");
        Assert.Equal(["orders-gateway", "orders-processor"], report.Services.Select(use => use.Service));
        Assert.All(report.Services, use => Assert.True(use is { Replicas: >= 2, CpuSeconds: > 0, AllocatedMiB: > 0, WorkingSetMiB: > 0 }, $"{use}"));
        Assert.Equal(0, report.Phases.Single().Result.Count(OutcomeKind.WrongAnswer));

        var folder = ScenarioRunner.FolderOf(running.Repository, steady);
        var written = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), Stop))!;
        Assert.Equal(history.Found, (int)written["verification"]!["history"]!["found"]!);
    }
}
