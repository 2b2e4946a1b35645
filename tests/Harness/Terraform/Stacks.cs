using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Harness.Terraform;

/// <summary>A stack in an environment: one state.</summary>
/// <param name="Folder">The stack's folder.</param>
/// <param name="Workload">Which workload, for a stack there is one of for each.</param>
public sealed record StackInstance(string Environment, string Stack, string? Workload, string Folder)
{
    /// <summary><c>dev/foundation</c>, <c>dev/workload-orders</c>: also the plan's file below <c>.causeway/plan</c>.</summary>
    public string Name => $"{Environment}/{Stack}{(Workload is null ? "" : $"-{Workload}")}";

    /// <summary>Where the state lies in the bucket: the path of the environment's files, mirrored.</summary>
    public string StateKey => Workload is null ? $"envs/{Environment}/{Stack}.tfstate" : $"envs/{Environment}/{Stack}/{Workload}.tfstate";

    /// <summary>The stack's input variables.</summary>
    public IReadOnlyDictionary<string, object?> Variables =>
        Workload is null ? new Dictionary<string, object?> { ["environment"] = Environment } : new Dictionary<string, object?> { ["environment"] = Environment, ["workload"] = Workload };
}

/// <summary>The stacks of a tree (<c>terraform/stacks/aws/*</c>), and in which environments (<c>terraform/envs/*</c>) they are.</summary>
/// <param name="tree">The repository's root, or that of a copy of it.</param>
public sealed class Stacks(string tree)
{
    private readonly string stacks = Path.Combine(tree, "terraform", "stacks", "aws");

    private readonly string environments = Path.Combine(tree, "terraform", "envs");

    /// <summary>Environments of kind <c>aws</c>, in order of name.</summary>
    public IReadOnlyList<string> Environments() =>
        Directory.Exists(environments)
            ? [.. Directory.EnumerateDirectories(environments)
                .Where(folder => File.Exists(Path.Combine(folder, "env.yaml")) && KindOf(Path.GetFileName(folder)) == "aws")
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Every stack there is, by name.</summary>
    public IReadOnlyList<string> Names() =>
        Directory.Exists(stacks)
            ? [.. Directory.EnumerateDirectories(stacks).Where(folder => Configuration.ReadFolder(folder) is not []).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>What there is in an environment, in the order in which it is applied.</summary>
    /// <exception cref="InvalidDataException">Two stacks each need what the other makes; the message names both places.</exception>
    public IReadOnlyList<StackInstance> In(string environment) =>
        [.. Order().SelectMany(stack => Instances(environment, stack))];

    /// <summary>The stacks whose resources a stack looks up: what has to be there before it.</summary>
    public IReadOnlyList<string> NeededBy(string stack) => [.. Names().Where(other => other != stack && Need(stack, other) is not null)];

    /// <summary>
    /// What no environment can be chosen before it is mended, whatever its kind: an <c>env.yaml</c> that does not fit its schema or is not there, a file that
    /// nobody reads. A misspelt kind or <c>.yml</c> for <c>.yaml</c> would otherwise take an environment or a release out of every check in silence.
    /// </summary>
    /// <exception cref="InvalidDataException">A document is no YAML; the message has file, line and column.</exception>
    public IReadOnlyList<string> Misfits() =>
        Directory.Exists(environments)
            ? [.. Directory.EnumerateDirectories(environments).Order(StringComparer.Ordinal).Where(folder => Directory.EnumerateFileSystemEntries(folder).Any()).SelectMany(Misfits).Concat(Unread(environments, _ => false))]
            : [];

    /// <summary>Releases of an environment and their workloads that do not fit their schema, as <c>file: field: what is wrong</c>; empty where all do.</summary>
    /// <inheritdoc cref="Misfits()" path="/exception"/>
    public IReadOnlyList<string> MisfitsOfReleases(string environment) =>
    [
        .. Releases(environment).SelectMany(IEnumerable<string> (workload) =>
        [
            .. Misfits("release", Path.Combine(environments, environment, "releases", $"{workload}.yaml")),
            .. Path.Combine(tree, "services", workload, "workload.yaml") is var contract && File.Exists(contract)
                ? Misfits("workload", contract)
                : [$"terraform/envs/{environment}/releases/{workload}.yaml: there is no services/{workload}/workload.yaml: remove the release or add the workload"],
        ]),
    ];

    /// <summary>Arguments of <c>-backend-config</c> for a real run: bucket, key and region follow from the environment.</summary>
    public IReadOnlyList<string> BackendConfig(StackInstance instance)
    {
        var facts = Facts(instance.Environment);
        var region = (string)facts["region"]!;

        return [$"bucket=causeway-state-{(string)facts["account"]!}-{region}", $"key={instance.StateKey}", $"region={region}"];
    }

    private JsonNode Facts(string environment) =>
        Yaml.LoadFile(Path.Combine(environments, environment, "env.yaml"))["env"] ?? throw new InvalidDataException($"terraform/envs/{environment}/env.yaml: `env` is missing.");

    /// <summary>Null where the document names none, or something that is no text: its schema refuses that, where it is asked.</summary>
    private string? KindOf(string environment) =>
        Yaml.LoadFile(Path.Combine(environments, environment, "env.yaml"))["env"] is JsonObject facts && facts["kind"] is JsonValue kind && kind.TryGetValue<string>(out var text) ? text : null;

    private string[] Releases(string environment) =>
        Directory.Exists(Path.Combine(environments, environment, "releases"))
            ? [.. Directory.EnumerateFiles(Path.Combine(environments, environment, "releases"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
            : [];

    private IEnumerable<string> Misfits(string folder)
    {
        var facts = Path.Combine(folder, "env.yaml");
        var releases = Path.Combine(folder, "releases");

        return
        [
            .. File.Exists(facts) ? Misfits("environment", facts) : [$"{Path.GetRelativePath(tree, folder)}: env.yaml is missing"],
            .. Unread(folder, file => Path.GetFileName(file) == "env.yaml", except: releases),
            .. Directory.Exists(releases) ? Unread(releases, file => Path.GetExtension(file) == ".yaml") : [],
        ];
    }

    // Notes for people and hidden files are nobody's to read.
    private IEnumerable<string> Unread(string folder, Func<string, bool> isRead, string? except = null) =>
        Directory.EnumerateFiles(folder)
            .Concat(folder == environments ? [] : Directory.EnumerateDirectories(folder).Where(child => child != except))
            .Where(entry => !isRead(entry) && Path.GetExtension(entry) != ".md" && !Path.GetFileName(entry).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(entry => $"{Path.GetRelativePath(tree, entry)}: nobody reads it: an environment is env.yaml and releases/<workload>.yaml");

    private IEnumerable<string> Misfits(string document, string file) =>
        DocumentSchema.Load(tree, document).Problems(Yaml.LoadFile(file)).Select(problem => $"{Path.GetRelativePath(tree, file)}: {problem}");

    private IEnumerable<StackInstance> Instances(string environment, string stack)
    {
        var folder = Path.Combine(stacks, stack);

        return Configuration.ReadFolder(folder).Any(block => block is { Type: "variable", Labels: ["workload"] })
            ? Releases(environment).Select(workload => new StackInstance(environment, stack, workload, folder))
            : [new StackInstance(environment, stack, null, folder)];
    }

    private List<string> Order()
    {
        var (ordered, waiting) = (new List<string>(), Names().ToList());

        while (waiting is not [])
        {
            var next = waiting.FirstOrDefault(stack => !waiting.Any(other => other != stack && Need(stack, other) is not null))
                ?? throw Cycle(waiting);
            ordered.Add(next);
            waiting.Remove(next);
        }

        return ordered;
    }

    private InvalidDataException Cycle(List<string> waiting)
    {
        // Following needs from any of them must come back to one that was passed.
        var passed = new List<string> { waiting[0] };

        while (true)
        {
            var next = waiting.First(other => other != passed[^1] && Need(passed[^1], other) is not null);

            if (passed.IndexOf(next) is var begin and >= 0)
            {
                string[] circle = [.. passed.Skip(begin), next];

                return new InvalidDataException($"The stacks {string.Join(", ", circle.Distinct())} each need what another of them makes, so that none can be applied first: "
                    + $"{string.Join("; ", circle.Zip(circle.Skip(1), (one, other) => $"{Need(one, other)}"))}. Move one of these resources to the stack that looks it up, or derive its name.");
            }

            passed.Add(next);
        }
    }

    /// <summary>Why <paramref name="stack"/> has to come after <paramref name="other"/>: it looks up a type that the other makes and it does not; null where it need not.</summary>
    private string? Need(string stack, string other)
    {
        var (mine, theirs) = (Blocks(stack), Blocks(other));
        var made = theirs.Where(block => block is { Type: "resource", Labels: [_, _] }).ToLookup(block => block.Labels[0]);
        var own = mine.Where(block => block is { Type: "resource", Labels: [_, _] }).Select(block => block.Labels[0]).ToHashSet();

        return mine.Where(block => block is { Type: "data", Labels: [_, _] } && !own.Contains(block.Labels[0]) && made.Contains(block.Labels[0]))
            .Select(block => $"{Place(block)} looks up {block.Labels[0]}, which {Place(made[block.Labels[0]].First())} makes")
            .FirstOrDefault();
    }

    private readonly Dictionary<string, IReadOnlyList<ConfigurationBlock>> read = [];

    private IReadOnlyList<ConfigurationBlock> Blocks(string stack)
    {
        if (!read.TryGetValue(stack, out var blocks))
        {
            read[stack] = blocks = [.. ModuleTree.Of(Path.Combine(stacks, stack)).Folders.SelectMany(Configuration.ReadFolder)];
        }

        return blocks;
    }

    private string Place(ConfigurationBlock block) => $"{Path.GetRelativePath(tree, block.File)}:{block.Line}";
}
