using System.Text.Json.Nodes;
using Causeway.Harness.Local.Controllers;

namespace Causeway.Harness.Local.Objects;

/// <summary>Every kind of object the runtime knows.</summary>
public static class ObjectKinds
{
    /// <summary>By the kind's name in a manifest.</summary>
    public static IReadOnlyDictionary<string, IObjectKind> All { get; } = Discovery.InstancesOf<IObjectKind>().ToDictionary(kind => kind.Kind);

    /// <summary>The controller of an object; null where its kind makes no pods.</summary>
    /// <exception cref="PlatformException">The kind is not known here.</exception>
    public static IController? ControllerOf(JsonObject o) =>
        All.TryGetValue(RenderedObjects.KindOf(o), out var kind)
            ? kind as IController
            : throw new PlatformException(
                $"{RenderedObjects.KindOf(o)} {RenderedObjects.NameOf(o)} cannot be played.",
                $"The local runtime knows {string.Join(", ", All.Keys)}. Render another kind only outside environments of kind `local`, "
                + "or add a class for it: src/Harness/Local/Controllers if it makes pods, else src/Harness/Local/Objects.");
}
