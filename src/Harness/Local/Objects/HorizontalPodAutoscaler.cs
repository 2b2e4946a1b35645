namespace Causeway.Harness.Local.Objects;

internal sealed class HorizontalPodAutoscaler : IObjectKind
{
    public string Effect => "gives the number of replicas, its minimum; nothing scales here";
}
