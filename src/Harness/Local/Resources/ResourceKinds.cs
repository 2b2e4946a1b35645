namespace Causeway.Harness.Local.Resources;

/// <summary>Finds the class of a kind of resource by the kind's name.</summary>
public static class ResourceKinds
{
    private static readonly Dictionary<string, Type> Types = Discovery.Of<IResources>().ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The resources of a kind in a stand-in.</summary>
    /// <param name="kind">As contracts name it, for example <c>tables</c>.</param>
    /// <exception cref="PlatformException">The kind has no class.</exception>
    public static IResources Open(string kind, StandIn standIn) =>
        Types.TryGetValue(kind.Replace("-", "", StringComparison.Ordinal), out var type)
            ? (IResources)Activator.CreateInstance(type, standIn)!
            : throw new PlatformException(
                $"Resources of kind `{kind}` cannot be made here.",
                $"The local runtime knows {string.Join(", ", Types.Keys)}. Add a class for it in src/Harness/Local/Resources, or leave the workload " +
                $"out of terraform/envs/{Renderer.Environment}/releases.");
}
