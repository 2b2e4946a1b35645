using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;

namespace Causeway.Chaos.Defects;

/// <summary>
/// <c>services/&lt;workload&gt;/chaos/defects/&lt;name&gt;.yaml</c>: a mistake that a test build has and the sources have not, and the check that must
/// catch it.
/// </summary>
/// <param name="Description">What is wrong, in a sentence.</param>
/// <param name="Component">The component that is built with it.</param>
/// <param name="File">The source file, from the repository's root: one of the workload's or of <c>services/_shared</c>.</param>
/// <param name="Find">Text that occurs exactly once in it.</param>
/// <param name="Replace">What stands in its place.</param>
/// <param name="Experiment">The fault that shows it.</param>
/// <param name="Check">The check of the experiment that must fail.</param>
/// <param name="Duration">How long the fault lasts; null: as long as it says itself.</param>
public sealed record Defect(
    string Workload,
    string Name,
    string Description,
    string Component,
    string File,
    string Find,
    string Replace,
    string Experiment,
    string Check,
    TimeSpan? Duration)
{
    private const string Shared = "_shared";

    /// <summary>Name of the object that makes the component's pods.</summary>
    public string Owner => $"{Workload}-{Component}";

    /// <summary>Every defect of every workload, by workload and name.</summary>
    /// <exception cref="PlatformException">A file violates the schema, or names a source that is not its workload's.</exception>
    public static IReadOnlyList<Defect> All(Repository repository)
    {
        var schema = DocumentSchema.Load(repository.Root, "defect");

        return
        [
            .. from workload in repository.Workloads()
               let folder = repository.PathTo("services", workload, "chaos", "defects")
               where Directory.Exists(folder)
               from file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
               select Read(Yaml.LoadFile(file), workload, Path.GetFileNameWithoutExtension(file), schema),
        ];
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="PlatformException">The document violates the schema, or names a source that is not its workload's.</exception>
    public static Defect Read(JsonObject document, string workload, string name, DocumentSchema schema)
    {
        var place = $"services/{workload}/chaos/defects/{name}.yaml";

        if (schema.Problems(document) is [_, ..] problems)
        {
            throw new PlatformException($"{place}: {string.Join("; ", problems)}.", "schemas/defect.schema.json says what each field may be.");
        }

        var (defect, caught) = (document["defect"]!, document["defect"]!["caughtBy"]!);
        var file = (string)defect["file"]!;

        if (file.Contains("..", StringComparison.Ordinal)
            || !new[] { workload, Shared }.Any(owner => file.StartsWith($"services/{owner}/", StringComparison.Ordinal)))
        {
            throw new PlatformException(
                $"{place}: {file} is not a source of {workload}.", $"Name a file of services/{workload}/src or of services/{Shared}.");
        }

        return new Defect(
            workload,
            name,
            (string)defect["description"]!,
            (string)defect["component"]!,
            file,
            (string)defect["find"]!,
            (string)defect["replace"]!,
            (string)caught["experiment"]!,
            (string)caught["check"]!,
            (int?)caught["seconds"] is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>The source with the defect.</summary>
    /// <exception cref="PlatformException">What it replaces does not occur exactly once.</exception>
    public string Applied(string source) => source.Split(Find) is [var before, var after]
        ? before + Replace + after
        : throw new PlatformException(
            $"Defect {Name} of {Workload}: its `find` occurs {source.Split(Find).Length - 1} times in {File}.",
            $"Let `find` in services/{Workload}/chaos/defects/{Name}.yaml be text that occurs exactly once.");
}
