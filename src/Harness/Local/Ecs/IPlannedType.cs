using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs;

/// <summary>
/// A type of resource that makes services run on ECS. Each is one class in <c>Types/</c>, found by this interface; a resource of such a type that has no
/// class is an error, see <see cref="PlannedTypes"/>.
/// </summary>
internal interface IPlannedType
{
    /// <summary>Terraform's name of it: <c>aws_ecs_service</c>.</summary>
    string Type { get; }

    /// <summary>What becomes of such a resource here, in a few words.</summary>
    string Effect { get; }

    /// <summary>Whether the resource changes anything here; <c>up</c> counts those that do not.</summary>
    bool HasEffect => true;

    /// <summary>What has no effect here of one that has, a line each.</summary>
    /// <exception cref="PlatformException">Something of it is not understood.</exception>
    IEnumerable<string> Check(PlannedResource resource) => [];

    /// <summary>The objects that the local runtime plays in its place.</summary>
    IEnumerable<JsonObject> Objects(PlannedResource resource, PlannedResources all) => [];
}
