using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>Where alerts go, in every environment, as Alertmanager's own tool follows the routes.</summary>
public sealed class RoutingTests(Workbench workbench)
{
    // The labels of an alert, and who gets it. `Watchdog` has the severity none: it always fires, and says that alerting works.
    private static readonly (string Labels, string Receiver)[] Alerts =
    [
        ("alertname=A severity=page", "pages"),
        ("alertname=A severity=ticket", "tickets"),
        ("alertname=KubeNodeNotReady severity=warning", "tickets"),
        ("alertname=KubeAPIDown severity=critical", "tickets"),
        ("alertname=Watchdog severity=none", "none"),
        ("alertname=A", "none"),
    ];

    private readonly Amtool amtool = new(workbench.Tools);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public async Task Alertmanager_accepts_the_routing_of_every_environment_and_sends_each_severity_where_it_belongs()
    {
        var environments = workbench.Checkout.Environments();
        var gate = new Gate(
            "routes of alerts",
            environments.SelectMany(environment => Alerts.Select(alert => $"{environment}: {alert.Labels}").Append($"{environment}: its form")));

        foreach (var environment in environments)
        {
            var file = await WriteAsync(await RoutingAsync(environment));
            gate.Record($"{environment}: its form", await amtool.CheckAsync(file, Stop));

            foreach (var (labels, receiver) in Alerts)
            {
                gate.Record($"{environment}: {labels}", await ProblemAsync(file, labels, receiver));
            }
        }

        gate.Close();
    }

    [Theory]
    [InlineData("receiver: pages", "receiver: pagers")]
    [InlineData("group_wait: 10s", "group_wait: soon")]
    public async Task A_routing_that_Alertmanager_would_not_load_is_noticed(string right, string wrong) =>
        Assert.Contains("FAILED", await amtool.CheckAsync(await WriteAsync(await ChangedAsync(right, wrong)), Stop), StringComparison.Ordinal);

    [Fact]
    public async Task A_severity_that_goes_elsewhere_is_noticed() => Assert.Equal(
        "it goes to tickets, not to pages",
        await ProblemAsync(await WriteAsync(await ChangedAsync("receiver: pages", "receiver: tickets")), "alertname=A severity=page", "pages"));

    [Fact]
    public async Task Routes_that_cannot_be_followed_are_an_error_that_shows_what_amtool_says()
    {
        var file = await WriteAsync(await ChangedAsync("receiver: pages", "receiver: pagers"));
        var error = await Assert.ThrowsAsync<PlatformException>(() => amtool.ReceiversAsync(file, ["severity=page"], Stop));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("pagers", error.Log, StringComparison.Ordinal);
    }

    private async Task<string?> ProblemAsync(string file, string labels, string receiver) =>
        await amtool.ReceiversAsync(file, labels.Split(' '), Stop) is var found && found == receiver ? null : $"it goes to {found}, not to {receiver}";

    private async Task<string> ChangedAsync(string right, string wrong)
    {
        var routing = await RoutingAsync("local");
        Assert.Contains(right, routing, StringComparison.Ordinal);

        return routing.Replace(right, wrong, StringComparison.Ordinal);
    }

    private async Task<string> RoutingAsync(string environment) =>
        MonitoringChart.Routing(await new MonitoringChart(workbench.Checkout, workbench.Helm).OfPlatformAsync(environment, Stop))!;

    private async Task<string> WriteAsync(string routing)
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, routing, Stop);

        return file;
    }
}
