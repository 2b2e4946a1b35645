namespace Causeway.Harness.Local.Ecs.Types;

internal sealed class AppautoscalingPolicy : IPlannedType
{
    public string Type => "aws_appautoscaling_policy";

    public string Effect => "not played: nothing scales here";

    public bool HasEffect => false;
}
