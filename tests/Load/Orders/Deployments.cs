using System.Text.Json.Nodes;
using Causeway.Load.Scenarios;

namespace Causeway.LoadScenarios.Orders;

/// <summary>The workload's Deployments.</summary>
internal static class Deployments
{
    private static readonly string[] Names = ["orders-gateway", "orders-processor"];

    /// <summary>Replaces all pods of all Deployments, one after the other.</summary>
    /// <param name="change">What is different in the new ones; null: they are as they should be.</param>
    public static async Task RollOutAsync(ScenarioRun run, Action<JsonObject>? change, CancellationToken stop)
    {
        foreach (var name in Names)
        {
            await run.Platform.Faults.RollOutAsync(name, stop, change);
        }
    }

    /// <summary>The pods of each Deployment.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<Harness.Local.RunningPod>>> PodsAsync(ScenarioRun run, CancellationToken stop) =>
        [await run.Platform.PodsOfAsync(Names[0], stop), await run.Platform.PodsOfAsync(Names[1], stop)];
}
