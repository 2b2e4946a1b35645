using System.Text.Json.Nodes;
using Causeway.Harness.Contract;
using Causeway.Harness.Policies;
using Causeway.Harness.Costs;
using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Harness.Terraform.Plans;

/// <summary>The stacks of a tree (<c>terraform/stacks/KIND/*</c>), and in which environments (<c>terraform/envs/*</c>, each of a kind) they are.</summary>
/// <param name="tree">The repository's root, or that of a copy of it.</param>
public sealed class Stacks(string tree)
{
    private readonly string stacks = Path.Combine(tree, "terraform", "stacks");

    private readonly string environments = Path.Combine(tree, "terraform", "envs");

    private readonly Dictionary<string, StackOrder> orderOf = [];

    /// <summary>The kinds of environment that have stacks, by name.</summary>
    public IReadOnlyList<string> Kinds() =>
        Directory.Exists(stacks)
            ? [
                .. Directory.EnumerateDirectories(stacks)
                    .Select(folder => Path.GetFileName(folder)!)
                    .Where(kind => Folders(kind).Count > 0)
                    .Order(StringComparer.Ordinal)
            ]
            : [];

    /// <summary>Environments of a kind that has stacks, in order of name.</summary>
    public IReadOnlyList<string> Environments() =>
        Directory.Exists(environments)
            ? [.. Directory.EnumerateDirectories(environments)
                .Where(folder => File.Exists(Path.Combine(folder, "env.yaml")) && KindOf(Path.GetFileName(folder)) is { } kind && Folders(kind).Count > 0)
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Every stack of every kind, by name.</summary>
    public IReadOnlyList<string> Names() => [.. Kinds().SelectMany(kind => Folders(kind).Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What is in an environment, in the order in which it is applied.</summary>
    /// <exception cref="InvalidDataException">Two stacks each need what the other makes, or it is not known which one does; the message names both
    /// places.</exception>
    public IReadOnlyList<StackInstance> In(string environment) =>
        KindOf(environment) is { } kind ? [.. Order(kind).All().SelectMany(stack => Instances(environment, kind, stack))] : [];

    /// <summary>The stacks of a kind whose resources a stack looks up: what has to be there before it.</summary>
    public IReadOnlyList<string> NeededBy(string kind, string stack) => Order(kind).NeededBy(stack);

    /// <summary>
    /// Errors that must be fixed before planning, whatever environment is chosen: an <c>env.yaml</c> that violates its schema or is missing, a file that
    /// is not read. A misspelt kind or <c>.yml</c> for <c>.yaml</c> would otherwise take an environment or a release out of every check in silence.
    /// </summary>
    /// <exception cref="InvalidDataException">A document is not YAML; the message has file, line and column.</exception>
    public IReadOnlyList<string> Violations() =>
        Directory.Exists(environments)
            ? [.. Directory.EnumerateDirectories(environments).Order(StringComparer.Ordinal).Where(folder => Directory.EnumerateFileSystemEntries(folder).Any())
                .SelectMany(Violations).Concat(Unread(environments, _ => false))]
            : [];

    /// <summary>
    /// Violations of their schemas by an environment's releases and their workloads, as <c>file: field: what is wrong</c>; empty where there are none.
    /// </summary>
    /// <inheritdoc cref="Violations()" path="/exception"/>
    public IReadOnlyList<string> ViolationsOfReleases(string environment) =>
    [
        .. Releases(environment).SelectMany(IEnumerable<string> (workload) =>
        [
            .. Violations("release", Path.Combine(environments, environment, "releases", $"{workload}.yaml")),
            .. Path.Combine(tree, "services", workload, "workload.yaml") is var contract && File.Exists(contract)
                ? Violations("workload", contract)
                : [
                    $"terraform/envs/{environment}/releases/{workload}.yaml: services/{workload}/workload.yaml does not exist: " +
                    "remove the release or add the workload"
                ],
        ]),
    ];

    /// <summary>Arguments of <c>-backend-config</c> for a real run: they follow from the environment and from the stack's type of backend.</summary>
    /// <exception cref="InvalidDataException">The stack has no backend, or one whose arguments are not known.</exception>
    public IReadOnlyList<string> BackendConfig(StackInstance instance) => StateBackends.Arguments(
        instance,
        Yaml.LoadFile(Path.Combine(environments, instance.Environment, "env.yaml"))["env"] as JsonObject
            ?? throw new InvalidDataException($"terraform/envs/{instance.Environment}/env.yaml: `env` is missing."));

    /// <summary>What an environment may cost; one that is not in this tree has no limit.</summary>
    public CostLimits LimitsOf(string environment) =>
        Path.Combine(environments, environment, "env.yaml") is var file && File.Exists(file) && Yaml.LoadFile(file)["env"] is JsonObject facts
            ? CostLimits.Of(facts)
            : CostLimits.None;

    // Null where the document names none, or something that is not a text: its schema refuses that, where it is asked.
    private string? KindOf(string environment) =>
        Path.Combine(environments, environment, "env.yaml") is var file && File.Exists(file)
        && Yaml.LoadFile(file)["env"] is JsonObject facts && facts["kind"] is JsonValue kind && kind.TryGetValue<string>(out var text) ? text : null;

    private Dictionary<string, string> Folders(string kind) =>
        Directory.Exists(Path.Combine(stacks, kind))
            ? Directory.EnumerateDirectories(Path.Combine(stacks, kind))
            .Where(folder => Configuration.ReadFolder(folder) is not [])
            .ToDictionary(folder => Path.GetFileName(folder)!)
            : [];

    private StackOrder Order(string kind) => orderOf.TryGetValue(kind, out var known) ? known : orderOf[kind] = new StackOrder(tree, Folders(kind));

    private string[] Releases(string environment) =>
        Directory.Exists(Path.Combine(environments, environment, "releases"))
            ? [
                .. Directory.EnumerateFiles(Path.Combine(environments, environment, "releases"), "*.yaml")
                    .Select(file => Path.GetFileNameWithoutExtension(file))
                    .Order(StringComparer.Ordinal)
            ]
            : [];

    private IEnumerable<string> Violations(string folder)
    {
        var facts = Path.Combine(folder, "env.yaml");
        var releases = Path.Combine(folder, "releases");

        return
        [
            .. File.Exists(facts) ? Violations("environment", facts) : [$"{Path.GetRelativePath(tree, folder)}: env.yaml is missing"],
            .. Unread(folder, file => Path.GetFileName(file) is "env.yaml" or Waivers.File, except: releases),
            .. Directory.Exists(releases) ? Unread(releases, file => Path.GetExtension(file) == ".yaml") : [],
        ];
    }

    // Notes for people and hidden files are not meant to be read.
    private IEnumerable<string> Unread(string folder, Func<string, bool> isRead, string? except = null) =>
        Directory.EnumerateFiles(folder)
            .Concat(folder == environments ? [] : Directory.EnumerateDirectories(folder).Where(child => child != except))
            .Where(entry => !isRead(entry) && Path.GetExtension(entry) != ".md" && !Path.GetFileName(entry).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(entry => $"{Path.GetRelativePath(tree, entry)}: this is not read: an environment is env.yaml, waivers.yaml and " +
                "releases/<workload>.yaml");

    private IEnumerable<string> Violations(string document, string file) =>
        DocumentSchema.Load(tree, document).Problems(Yaml.LoadFile(file)).Select(problem => $"{Path.GetRelativePath(tree, file)}: {problem}");

    private IEnumerable<StackInstance> Instances(string environment, string kind, string stack)
    {
        var folder = Path.Combine(stacks, kind, stack);

        return Configuration.ReadFolder(folder).Any(block => block is { Type: "variable", Labels: ["workload"] })
            ? Releases(environment).Select(workload => new StackInstance(environment, kind, stack, workload, folder))
            : [new StackInstance(environment, kind, stack, null, folder)];
    }
}
