using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Workflows;

/// <summary>A workflow of GitHub Actions, or a composite action of this repository, with the places of what it says.</summary>
public sealed class WorkflowFile
{
    private readonly string[] lines;

    /// <param name="name">Path relative to the repository.</param>
    /// <exception cref="InvalidDataException">The text is not YAML, or neither a workflow nor a composite action.</exception>
    public WorkflowFile(string name, string text)
    {
        (Name, Text, lines) = (name, text, text.Split('\n'));
        IsAction = Path.GetFileNameWithoutExtension(name) is "action";
        Root = Read(name, text);
        Jobs = IsAction ? [] : [.. Map(Root, "jobs", name).Children.Select(job => new WorkflowJob(Scalar(job.Key), Expected(job.Value, name), job.Key))];
        Steps =
        [
            .. IsAction
                ? StepsOf(Map(Root, "runs", name), null)
                : Jobs.SelectMany(job => StepsOf(job.Node, job)),
        ];
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>A composite action has steps, and neither triggers nor jobs.</summary>
    public bool IsAction { get; }

    public YamlMappingNode Root { get; }

    public IReadOnlyList<WorkflowJob> Jobs { get; }

    public IReadOnlyList<WorkflowStep> Steps { get; }

    /// <summary>The names of the events that start it.</summary>
    public IReadOnlyList<string> Triggers => Field(Root, "on") switch
    {
        YamlScalarNode one => [one.Value!],
        YamlSequenceNode several => [.. several.Children.Select(Scalar)],
        YamlMappingNode map => [.. map.Children.Keys.Select(Scalar)],
        _ => [],
    };

    /// <summary>The workflows and composite actions of a repository, by name.</summary>
    public static IReadOnlyList<WorkflowFile> All(Repository repository) =>
    [
        .. new[] { "workflows", "actions" }
            .Select(folder => repository.PathTo(".github", folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .Select(file => new WorkflowFile(Path.GetRelativePath(repository.Root, file), File.ReadAllText(file))),
    ];

    /// <summary>A field of a map; null where it is not there.</summary>
    public static YamlNode? Field(YamlNode? map, string name) =>
        map is YamlMappingNode { Children: var children } && children.TryGetValue(name, out var value) ? value : null;

    /// <summary>The text of a field; null where it is not there, or not a text.</summary>
    public static string? TextOf(YamlNode? map, string name) => (Field(map, name) as YamlScalarNode)?.Value;

    /// <summary>Name and value of each field of a map.</summary>
    public static IEnumerable<(string Name, YamlNode Key, YamlNode Value)> Fields(YamlNode? map) =>
        map is YamlMappingNode { Children: var children } ? children.Select(pair => (Scalar(pair.Key), pair.Key, pair.Value)) : [];

    /// <summary>Every text in a part of the file, with its place.</summary>
    public static IEnumerable<YamlScalarNode> Texts(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>();

    /// <summary>“line 12”, as messages begin.</summary>
    public static string Line(YamlNode node) => $"line {node.Start.Line}";

    /// <summary>What is said in the comment at the end of a node's line; empty where there is none.</summary>
    public string CommentOf(YamlNode node)
    {
        var line = lines[(int)node.End.Line - 1];
        var at = line.IndexOf(" #", Math.Min(line.Length, (int)node.End.Column - 1), StringComparison.Ordinal);

        return at < 0 ? "" : line[(at + 2)..].Trim();
    }

    private static IEnumerable<WorkflowStep> StepsOf(YamlMappingNode within, WorkflowJob? job) =>
        (Field(within, "steps") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>().Select(step => new WorkflowStep(step, job)) ?? [];

    private static YamlMappingNode Read(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));

            return stream.Documents is [var only] ? Expected(only.RootNode, name) : throw new InvalidDataException($"{name}: expected one YAML document.");
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"{name}, line {error.Start.Line}: {error.Message}", error);
        }
    }

    private static YamlMappingNode Map(YamlNode node, string field, string name) =>
        Field(node, field) is { } found ? Expected(found, name) : throw new InvalidDataException($"{name}: the field {field} is missing.");

    private static YamlMappingNode Expected(YamlNode node, string name) =>
        node as YamlMappingNode ?? throw new InvalidDataException($"{name}, {Line(node)}: expected a map.");

    private static string Scalar(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";
}

/// <summary>A job of a workflow.</summary>
/// <param name="Key">Where its name stands.</param>
public sealed record WorkflowJob(string Name, YamlMappingNode Node, YamlNode Key);

/// <summary>A step of a job, or of a composite action, which has no job.</summary>
public sealed record WorkflowStep(YamlMappingNode Node, WorkflowJob? Job)
{
    /// <summary>The action it uses; null where it runs something.</summary>
    public YamlScalarNode? Uses => WorkflowFile.Field(Node, "uses") as YamlScalarNode;

    /// <summary>What it runs; null where it uses an action.</summary>
    public YamlScalarNode? Run => WorkflowFile.Field(Node, "run") as YamlScalarNode;
}
