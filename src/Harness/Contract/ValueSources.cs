using YamlDotNet.RepresentationModel;

namespace Causeway.Harness.Contract;

/// <summary>A value of the three documents that a release is rendered from, and where it is written.</summary>
/// <param name="Key">Its path, from the name of the document on: <c>workload.components.till.scaling.max</c>.</param>
/// <param name="File">Relative to the repository.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="ReplacedBy">The place of what a release writes in its stead; null where it holds.</param>
public sealed record ValueSource(string Key, string File, int Line, string Value, string? ReplacedBy = null)
{
    /// <summary>Where it is, as compilers and editors write it.</summary>
    public string Place => $"{File}:{Line}";
}

/// <summary>
/// Which document sets a value of a release: contract, facts or release. A release replaces a component's field as a whole, so what the contract writes
/// below that field does not hold.
/// </summary>
public sealed class ValueSources
{
    private const string Components = "workload.components";
    private const string Overrides = "release.overrides.components";
    private static readonly string[] Documents = ["workload", "env", "release"];

    private readonly List<ValueSource> all = [];
    private readonly string name;

    /// <exception cref="UsageException">There is no such environment, workload or release.</exception>
    public ValueSources(Repository repository, string environment, string workload)
    {
        name = $"{environment}/{workload}";
        string[] environments =
        [
            .. Directory.EnumerateFiles(repository.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!).Order(StringComparer.Ordinal),
        ];
        Known("environment", environment, environments);
        Known("release", workload, repository.Releases(environment));

        Read(repository, Path.Combine("services", workload, "workload.yaml"));
        Read(repository, Path.Combine("terraform", "envs", environment, "env.yaml"));
        Read(repository, Path.Combine("terraform", "envs", environment, "releases", $"{workload}.yaml"));
        Replace();
    }

    /// <summary>Every value, or every one at or below a key, in the order of the documents.</summary>
    /// <param name="key">
    /// A path from a document's name on. The document may be left out for the contract's (<c>components.till.port</c>), and <c>components</c> with it
    /// (<c>till.port</c>). Null: everything.
    /// </param>
    /// <exception cref="UsageException">No document has the key; the message names those that are nearest.</exception>
    public IReadOnlyList<ValueSource> Of(string? key)
    {
        if (key is null)
        {
            return all;
        }

        foreach (var whole in new[] { key, $"workload.{key}", $"{Components}.{key}" })
        {
            var component = whole.StartsWith($"{Components}.", StringComparison.Ordinal) ? $"{Overrides}{whole[Components.Length..]}" : null;

            if (all.Where(value => IsAtOrBelow(value.Key, whole) || (component is not null && IsAtOrBelow(value.Key, component))).ToArray()
                is { Length: > 0 } found)
            {
                return found;
            }
        }

        // The longest beginning that is there, and what may follow.
        var steps = key.Split('.');
        var starts = Enumerable.Range(0, steps.Length).Reverse()
            .SelectMany(count => new[] { "", "workload.", $"{Components}." }.Select(prefix => prefix + string.Join('.', steps[..count])))
            .Select(start => start.TrimEnd('.'));
        var parent = starts.FirstOrDefault(start => start is "" || all.Any(value => IsAtOrBelow(value.Key, start))) ?? "";
        var next = parent is ""
            ? Documents
            : all.Where(value => IsAtOrBelow(value.Key, parent) && value.Key.Length > parent.Length)
                .Select(value => value.Key[(parent.Length + 1)..].Split('.')[0]).Distinct();

        throw new UsageException(
            $"Nothing of {name} has the key {key}.", $"{(parent is "" ? "A key begins with" : $"Below {parent} there is")} {string.Join(", ", next)}.");
    }

    private static bool IsAtOrBelow(string key, string parent) =>
        key == parent || (key.StartsWith(parent, StringComparison.Ordinal) && key[parent.Length] is '.');

    private static void Known(string what, string asked, IReadOnlyList<string> known)
    {
        if (!known.Contains(asked))
        {
            throw new UsageException($"There is no {what} {asked}.", $"Name one of {string.Join(", ", known)}.");
        }
    }

    private void Read(Repository repository, string file)
    {
        // Refuses with line and column what is not YAML.
        Yaml.LoadFile(repository.PathTo(file));
        var stream = new YamlStream();
        using var text = File.OpenText(repository.PathTo(file));
        stream.Load(text);

        foreach (var (key, value) in ((YamlMappingNode)stream.Documents[0].RootNode).Children)
        {
            Read(file, $"{key}", value);
        }
    }

    private void Read(string file, string key, YamlNode node)
    {
        if (node is YamlMappingNode { Children.Count: > 0 } map)
        {
            foreach (var (name, value) in map.Children)
            {
                Read(file, $"{key}.{name}", value);
            }

            return;
        }

        all.Add(new(key, file.Replace('\\', '/'), (int)node.Start.Line, Text(node)));
    }

    private static string Text(YamlNode node) => node switch
    {
        YamlSequenceNode list => $"[{string.Join(", ", list.Select(Text))}]",
        YamlMappingNode { Children.Count: 0 } => "{}",
        YamlMappingNode map => $"{{ {string.Join(", ", map.Children.Select(pair => $"{pair.Key}: {Text(pair.Value)}"))} }}",
        _ => $"{node}",
    };

    private void Replace()
    {
        foreach (var replacing in all.Where(value => IsAtOrBelow(value.Key, Overrides)).ToArray())
        {
            if (replacing.Key[Overrides.Length..].Split('.') is not ["", var component, var field, ..])
            {
                continue;
            }

            for (var at = 0; at < all.Count; at++)
            {
                if (all[at].ReplacedBy is null && IsAtOrBelow(all[at].Key, $"{Components}.{component}.{field}"))
                {
                    all[at] = all[at] with { ReplacedBy = replacing.Place };
                }
            }
        }
    }
}
