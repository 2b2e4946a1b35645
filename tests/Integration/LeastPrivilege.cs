using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Traffic;

namespace Causeway.Integration;

/// <summary>
/// What the tests before made the services do, held against what they may do. It runs after all others; a run of a part of the tests says what is
/// missing, and not what is never used.
/// </summary>
public sealed class LeastPrivilege(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_to_the_cloud_is_allowed_and_everything_allowed_is_called()
    {
        var traffic = await running.TrafficAsync();
        var region = (string)running.Platform.Facts["region"]!;
        var checks = (await running.Platform.PlansAsync(Stop)).Select(plan => TrafficCheck.OfRoles(
            plan.Value,
            region,
            running.Platform.ComponentsOf(plan.Key).Select(component => $"{plan.Key}-{component}")
                .ToDictionary(component => component, component => $"{running.Platform.Facts["name"]}-{component}"),
            traffic.Calls));

        Judge("calls to the cloud", traffic.Calls.Count, traffic.NotUnderstood, [.. checks]);
    }

    [Fact]
    public async Task Every_connection_is_let_through_and_everything_let_through_is_connected()
    {
        Assert.SkipWhen(
            RunningPlatform.Runtime is LocalRuntime.Ecs,
            "On ECS the tasks of this environment share the network of their instances, and with it one security group: docs/costs.md.");

        var traffic = await running.TrafficAsync();
        var workloads = running.Repository.Releases((string)running.Platform.Facts["name"]!).ToHashSet();

        Judge(
            "connections", traffic.Connections.Count, [],
            [TrafficCheck.OfNetwork(running.Platform.Objects!, workloads, traffic.Connections)]);
    }

    private static void Judge(string what, int seen, IReadOnlyList<string> notUnderstood, IReadOnlyList<GrantCheck> checks)
    {
        string[] granted = [.. checks.SelectMany(check => check.Granted)], unused = [.. checks.SelectMany(check => check.Unused)];
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {seen} different ones recorded");
        var left = LeastPrivilegeLast.IsWholeSuite ? "unused" : "skipped";
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"grants: {granted.Length} expected, {granted.Length - unused.Length} checked, {unused.Length} {left}");
        checks.SelectMany(check => check.Skipped).ToList().ForEach(line => TestContext.Current.TestOutputHelper?.WriteLine($"skipped: {line}"));

        string[] needless = LeastPrivilegeLast.IsWholeSuite
            ? [.. unused.Select(grant => $"{grant}: nothing does; take it from the contract, or write a test that needs it")]
            : [];
        string[] problems = [.. notUnderstood, .. checks.SelectMany(check => check.Missing), .. needless];

        Assert.NotEqual(0, seen);
        Assert.NotEmpty(granted);
        Assert.True(problems is [], string.Join('\n', problems));
    }
}
