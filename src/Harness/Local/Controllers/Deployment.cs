using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Controllers;

internal sealed class Deployment : IController
{
    public string Effect => "played as one Pod per replica";

    public IEnumerable<WantedPod> Pods(JsonObject o, RenderedObjects objects)
    {
        var replicas = (int?)objects.ScalerOf(o)?["spec"]!["minReplicas"] ?? (int?)o["spec"]!["replicas"] ?? 1;

        return Enumerable.Range(0, replicas).Select(replica => new WantedPod(replica, o["spec"]!["template"]!));
    }
}
