using System.Text.Json.Nodes;

namespace Causeway.Harness.Contract;

/// <summary>What holds between contracts, releases and environments, so that neither a schema nor a chart can see it.</summary>
public sealed class ContractRules(Repository repository)
{
    private readonly Kinds kinds = Kinds.Load(repository.Root);

    /// <summary>Names of the environments there are.</summary>
    public IReadOnlyList<string> Environments() =>
    [
        .. Directory.GetDirectories(repository.PathTo("terraform", "envs"))
            .Where(folder => File.Exists(Path.Combine(folder, "env.yaml")))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A workload's contract.</summary>
    public JsonNode Contract(string workload) => Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!;

    /// <summary>An environment's facts.</summary>
    public JsonNode Environment(string name) => Yaml.LoadFile(repository.PathTo("terraform", "envs", name, "env.yaml"))["env"]!;

    /// <summary>Everything that is wrong between the repository's documents, each beginning with what it is about.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. repository.Workloads().Select(Unreleased).OfType<string>(),
        .. Environments().Select(Misnamed).OfType<string>(),
        .. UngrantedUses(repository.Workloads().ToDictionary(name => name, Contract)),
        .. Collisions(NamesOf(contract => contract["resources"]?["tables"] as JsonObject ?? [])),
        .. Collisions(NamesOf(contract => contract["components"]!.AsObject())),
    ];

    /// <returns>What is wrong, or null: the workload runs somewhere.</returns>
    public string? Unreleased(string workload) => Environments().Any(environment => repository.Releases(environment).Contains(workload))
        ? null
        : $"{workload} runs nowhere: add terraform/envs/<environment>/releases/{workload}.yaml";

    /// <returns>What is wrong, or null: the environment is called as its folder.</returns>
    public string? Misnamed(string environment) => (string?)Environment(environment)["name"] is var name && name == environment
        ? null
        : $"{environment}: terraform/envs/{environment}/env.yaml calls itself {name}";

    /// <summary>Uses of other workloads' resources that their owners do not grant.</summary>
    public IEnumerable<string> UngrantedUses(IReadOnlyDictionary<string, JsonNode> contracts) =>
        from contract in contracts
        from component in contract.Value["components"]!.AsObject()
        from use in component.Value!["uses"] as JsonObject ?? []
        let path = use.Key.Split('/')
        where path is [_, _, _]
        let granted = ResourceKind.VerbsOf(contracts.GetValueOrDefault(path[0])?["resources"]?[path[1]]?[path[2]]?["grants"]?[contract.Key])
        from verb in ResourceKind.VerbsOf(use.Value)
        let resources = kinds.Resources.Single(kind => kind.Name == path[1])
        where !granted.Any(grant => resources.Allows(grant, verb))
        let said = string.Join(", ", granted.DefaultIfEmpty("nothing of that name"))
        select $"{contract.Key}/{component.Key} uses {use.Key} to {verb}, which {path[0]} grants to {said}";

    /// <summary><c>&lt;workload&gt;-&lt;key&gt;</c> for each key that <paramref name="part"/> of a contract has, and the path it comes from.</summary>
    public IReadOnlyList<(string Name, string Owner)> NamesOf(Func<JsonNode, JsonObject> part) =>
    [
        .. from workload in repository.Workloads()
           from entry in part(Contract(workload))
           select ($"{workload}-{entry.Key}", $"{workload}/{entry.Key}"),
    ];

    /// <summary>Names that more than one owner has.</summary>
    public static IEnumerable<string> Collisions(IEnumerable<(string Name, string Owner)> names) =>
        from item in names
        group item.Owner by item.Name into owners
        where owners.Count() > 1
        select $"{owners.Key} is the name of {string.Join(" and ", owners)}: rename one";
}
