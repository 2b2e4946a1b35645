using System.Text.Json.Nodes;
using Causeway.Harness.Local.Objects;

namespace Causeway.Harness.Local.Controllers;

/// <summary>A kind of object that makes pods, as its controller does in a cluster. A new one is a new class in this folder.</summary>
public interface IController : IObjectKind
{
    /// <summary>The pods one object wants to run.</summary>
    /// <param name="objects">Everything that was rendered, for what other objects say about this one.</param>
    IEnumerable<WantedPod> Pods(JsonObject o, RenderedObjects objects);
}

/// <summary>One pod an object wants.</summary>
/// <param name="Replica">Tells it from the object's other pods; from 0.</param>
/// <param name="Template">The pod template. A pod whose <c>restartPolicy</c> is not <c>Always</c> runs to its end and is not started again once it has
/// succeeded.</param>
public sealed record WantedPod(int Replica, JsonNode Template);
