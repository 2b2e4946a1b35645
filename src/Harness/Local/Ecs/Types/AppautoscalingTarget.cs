using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs.Types;

internal sealed class AppautoscalingTarget : IPlannedType
{
    private static readonly Fields Known = new($"Types/{nameof(AppautoscalingTarget)}", "resource_id", "min_capacity", "max_capacity")
    {
        Identity = ["arn", "id", "region", "role_arn", "tags", "tags_all"],
        Only = new Dictionary<string, string> { ["service_namespace"] = "ecs", ["scalable_dimension"] = "ecs:service:DesiredCount" },
        WithoutEffect = new Dictionary<string, string> { ["suspended_state"] = "nothing scales here" },
    };

    public string Type => "aws_appautoscaling_target";

    public string Effect => "played as a HorizontalPodAutoscaler: gives the number of tasks, its minimum";

    public IEnumerable<string> Check(PlannedResource target) => Known.Check(target.Values, target.Address);

    public IEnumerable<JsonObject> Objects(PlannedResource target, PlannedResources all)
    {
        var service = all.Of("aws_ecs_service")
            .SingleOrDefault(service => ((string)target["resource_id"]!).EndsWith($"/{service["name"]}", StringComparison.Ordinal))
            ?? throw new PlatformException(
                $"{target.Address} scales {target["resource_id"]}, which is not in its plan.", "Correct resource_id: service/<cluster>/<service>.");
        var name = all.NameOf(service);

        yield return new JsonObject
        {
            ["apiVersion"] = "autoscaling/v2",
            ["kind"] = "HorizontalPodAutoscaler",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = all.Workload },
            ["spec"] = new JsonObject
            {
                ["scaleTargetRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = name },
                ["minReplicas"] = (int)target["min_capacity"]!,
                ["maxReplicas"] = (int)target["max_capacity"]!,
            },
        };
    }
}
