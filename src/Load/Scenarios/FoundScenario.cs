using System.Reflection;
using Causeway.Harness;
using Causeway.Harness.Scaffolding;

namespace Causeway.Load.Scenarios;

/// <summary>A scenario and the workload that it is about.</summary>
public sealed record FoundScenario(string Workload, IScenario Scenario)
{
    /// <summary>The scenarios of an assembly, by workload and name.</summary>
    /// <exception cref="PlatformException">One is in a namespace that ends with no workload's name, or two of a workload have one name.</exception>
    public static IReadOnlyList<FoundScenario> In(Assembly assembly, Repository repository)
    {
        var workloads = repository.Workloads().ToDictionary(NewName.Pascal);
        FoundScenario[] found =
        [
            .. assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IScenario)))
                .Select(type => new FoundScenario(
                    workloads.GetValueOrDefault(type.Namespace!.Split('.')[^1])
                        ?? throw new PlatformException(
                            $"Scenario {type.FullName} belongs to no workload.",
                            $"Move it to the folder and namespace of one: {string.Join(", ", workloads.Keys.Order(StringComparer.Ordinal))}."),
                    (IScenario)Activator.CreateInstance(type, nonPublic: true)!))
                .OrderBy(scenario => scenario.Workload, StringComparer.Ordinal)
                .ThenBy(scenario => scenario.Scenario.Name, StringComparer.Ordinal),
        ];

        return found.GroupBy(scenario => (scenario.Workload, scenario.Scenario.Name)).FirstOrDefault(group => group.Count() > 1) is { } same
            ? throw new PlatformException(
                $"Two scenarios of {same.Key.Workload} are called {same.Key.Name}.", "Give one of them another name.")
            : found;
    }

    /// <summary>The one of a name.</summary>
    /// <param name="workload">Null: whichever workload has it.</param>
    /// <exception cref="UsageException">There is none, or several workloads have one.</exception>
    public static FoundScenario Choose(IReadOnlyList<FoundScenario> all, string name, string? workload)
    {
        var chosen = all.Where(one => one.Scenario.Name == name && (workload is null || one.Workload == workload)).ToArray();

        return chosen switch
        {
            [var only] => only,
            [] => throw new UsageException(
                $"There is no scenario {name}{(workload is null ? "" : $" of {workload}")}.", "`./causeway load list` shows what there is."),
            _ => throw new UsageException(
                $"Several workloads have a scenario {name}: {string.Join(", ", chosen.Select(one => one.Workload))}.", "Say which with --workload."),
        };
    }
}
