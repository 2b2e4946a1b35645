using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>Everything of every release that AWS measures has its alarms, and they reach those who are told in its environment.</summary>
[Trait("gate", "repository")]
[Collection(SamePlans.Name)]
public sealed class AlarmTests(PlannedStacks planned)
{
    private const string Alarm = "aws_cloudwatch_metric_alarm";

    [Fact]
    public void Every_table_and_service_is_watched()
    {
        var wanted = planned.Workloads.ToDictionary(instance => instance, Wanted);
        var gate = new Gate("alarms", wanted.SelectMany(pair => pair.Value.Select(alarm => $"{pair.Key.Name}: {alarm}")));

        foreach (var (instance, names) in wanted)
        {
            var resources = PlannedResource.Of(planned.Plans[instance.Name]);
            names.ForEach(name => gate.Record($"{instance.Name}: {name}", Problem(name, resources, instance.Environment)));
        }

        gate.Close();
    }

    [Fact]
    public void The_topic_is_made_before_any_workload()
    {
        string[] environments = [.. planned.Workloads.Select(instance => instance.Environment).Distinct()];
        var gate = new Gate("topics of alarms", environments);

        foreach (var environment in environments)
        {
            var made = planned.Instances.TakeWhile(instance => instance.Environment != environment || instance.Workload is null)
                .Where(instance => instance.Environment == environment)
                .SelectMany(instance => PlannedResource.Of(planned.Plans[instance.Name]));
            gate.Record(
                environment,
                made.Any(resource => resource.Type == "aws_sns_topic" && (string?)resource.Values["name"] == $"{environment}-alarms") ? null : "is not made");
        }

        gate.Close();
    }

    [Fact]
    public void A_missing_alarm_and_one_that_tells_others_are_noticed()
    {
        var instance = planned.Workloads.First(workload => Wanted(workload) is not []);
        var name = Wanted(instance)[0];
        var resources = PlannedResource.Of(planned.Plans[instance.Name]);
        PlannedResource[] without = [.. resources.Where(resource => (string?)resource.Values["alarm_name"] != name)];
        var alarm = resources.Single(resource => (string?)resource.Values["alarm_name"] == name);
        alarm.Values["alarm_actions"] = new JsonArray("arn:aws:sns:eu-central-1:1:others");

        Assert.Equal("is not planned", Problem(name, without, instance.Environment));
        Assert.Equal("tells arn:aws:sns:eu-central-1:1:others", Problem(name, resources, instance.Environment));
    }

    private List<string> Wanted(StackInstance instance) =>
    [
        .. PlannedResource.Of(planned.Plans[instance.Name]).SelectMany(Kinds, (resource, alarm) => $"{(string?)resource.Values["name"]}-{alarm}"),
    ];

    private static IEnumerable<string> Kinds(PlannedResource resource) => resource.Type switch
    {
        "aws_dynamodb_table" => ["throttled", "faults"],
        "aws_ecs_service" when resource.Values["load_balancer"] is JsonArray { Count: > 0 } => ["tasks", "cpu", "memory", "targets", "errors"],
        "aws_ecs_service" => ["tasks", "cpu", "memory"],
        _ => [],
    };

    private static string? Problem(string name, IReadOnlyList<PlannedResource> resources, string environment) =>
        resources.SingleOrDefault(resource => resource.Type == Alarm && (string?)resource.Values["alarm_name"] == name) is not { } alarm ? "is not planned"
        : new[] { "alarm_actions", "ok_actions" }
            .Select(actions => string.Join(", ", alarm.Values[actions] as JsonArray ?? []))
            .FirstOrDefault(told => !told.EndsWith($":{environment}-alarms", StringComparison.Ordinal)) is { } others ? $"tells {others}"
        : null;
}
