namespace Causeway.Harness.Local.Ecs;

/// <summary>Every type of resource that the local runtime plays or knows to leave out.</summary>
internal static class PlannedTypes
{
    // What starts containers, spreads requests over them or changes their number. Other types are what containers use and who may: none of them runs here.
    private static readonly string[] OfRunning = ["aws_ecs_", "aws_lb", "aws_alb", "aws_appautoscaling_", "aws_service_discovery_"];

    /// <summary>By Terraform's name.</summary>
    public static IReadOnlyDictionary<string, IPlannedType> All { get; } = Discovery.InstancesOf<IPlannedType>().ToDictionary(type => type.Type);

    /// <summary>The class of a resource's type; null where it is none that runs services.</summary>
    /// <exception cref="PlatformException">It is one, and has no class.</exception>
    public static IPlannedType? Of(PlannedResource resource) =>
        All.GetValueOrDefault(resource.Type) ?? (OfRunning.Any(prefix => resource.Type.StartsWith(prefix, StringComparison.Ordinal))
            ? throw new PlatformException(
                $"{resource.Address} cannot be played.",
                $"The local runtime knows {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}. Add a class for it in src/Harness/Local/Ecs/Types.")
            : null);
}
