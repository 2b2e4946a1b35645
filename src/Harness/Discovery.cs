using System.Reflection;

namespace Causeway.Harness;

/// <summary>Finds classes by what they implement, so that no list names them: a new kind is a new file.</summary>
internal static class Discovery
{
    /// <summary>Every class of an assembly (default: this one) that implements <typeparamref name="T"/>, by name.</summary>
    public static IReadOnlyList<Type> Of<T>(Assembly? assembly = null) =>
    [
        .. (assembly ?? typeof(Discovery).Assembly).GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>One instance of each, made by its constructor without parameters.</summary>
    public static IReadOnlyList<T> InstancesOf<T>(Assembly? assembly = null) =>
        [.. Of<T>(assembly).Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!)];
}
