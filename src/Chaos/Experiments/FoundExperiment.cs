using System.Reflection;
using Causeway.Harness;
using Causeway.Harness.Scaffolding;

namespace Causeway.Chaos.Experiments;

/// <summary>An experiment, the workload that it is about, and the requests that go to it.</summary>
public sealed record FoundExperiment(string Workload, IExperiment Experiment, ITraffic Traffic)
{
    /// <summary>The experiments of an assembly, by workload and name.</summary>
    /// <exception cref="PlatformException">One is in a namespace that ends with no workload's name, two of a workload have one name, or the workload has not
    /// exactly one traffic.</exception>
    public static IReadOnlyList<FoundExperiment> In(Assembly assembly, Repository repository)
    {
        var workloads = repository.Workloads().ToDictionary(NewName.Pascal);
        var traffic = Of<ITraffic>(assembly, workloads).ToLookup(one => one.Workload, one => one.Found);
        FoundExperiment[] found =
        [
            .. Of<IExperiment>(assembly, workloads)
                .Select(one => new FoundExperiment(one.Workload, one.Found, TrafficOf(one.Workload)))
                .OrderBy(one => one.Workload, StringComparer.Ordinal)
                .ThenBy(one => one.Experiment.Name, StringComparer.Ordinal),
        ];

        return found.GroupBy(one => (one.Workload, one.Experiment.Name)).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new PlatformException($"Two experiments of {twice.Key.Workload} are called {twice.Key.Name}.", "Give one of them another name.")
            : found;

        ITraffic TrafficOf(string workload) => traffic[workload].Where(one => one is not IExperiment).ToArray() is [var only]
            ? only
            : throw new PlatformException(
                $"{workload} has not exactly one class of requests for its experiments.",
                $"Write one class that implements ITraffic and is public beside its experiments; those of single experiments are nested in them.");
    }

    /// <summary>The one of a name.</summary>
    /// <param name="workload">Null: whichever workload has it.</param>
    /// <exception cref="UsageException">There is none, or several workloads have one.</exception>
    public static FoundExperiment Choose(IReadOnlyList<FoundExperiment> all, string name, string? workload) =>
        all.Where(one => one.Experiment.Name == name && (workload is null || one.Workload == workload)).ToArray() switch
        {
            [var only] => only,
            [] => throw new UsageException(
                $"There is no fault {name}{(workload is null ? "" : $" of {workload}")}.", "`./causeway chaos list` shows what there is."),
            var several => throw new UsageException(
                $"Several workloads have a fault {name}: {string.Join(", ", several.Select(one => one.Workload))}.", "Say which with --workload."),
        };

    // Nested classes belong to the class around them.
    private static IEnumerable<(string Workload, T Found)> Of<T>(Assembly assembly, IReadOnlyDictionary<string, string> workloads) =>
        assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false } && type.IsAssignableTo(typeof(T)))
            .Select(type => (
                workloads.GetValueOrDefault(type.Namespace!.Split('.')[^1])
                    ?? throw new PlatformException(
                        $"{type.FullName} belongs to no workload.",
                        $"Move it to the folder and namespace of one: {string.Join(", ", workloads.Keys.Order(StringComparer.Ordinal))}."),
                (T)Activator.CreateInstance(type, nonPublic: true)!));
}
