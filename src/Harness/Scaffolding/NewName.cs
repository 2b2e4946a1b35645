using System.Text.Json.Nodes;
using Causeway.Harness.Contract;

namespace Causeway.Harness.Scaffolding;

/// <summary>What a new thing may be called: what the schemas say of names, and a word that machinery does not use.</summary>
public static class NewName
{
    /// <summary>Folders that serve every workload and name none.</summary>
    public static IReadOnlyList<string> Machinery { get; } =
        ["src", "build", "helm/charts/workload", "terraform/stacks", "terraform/modules", "schemas"];

    /// <exception cref="UsageException">The schemas refuse the name; the message has their rule.</exception>
    public static void Expect(Repository repository, string name)
    {
        var definitions = JsonNode.Parse(File.ReadAllText(repository.PathTo("schemas", "definitions.json")))!.AsObject();
        var rule = (definitions["definitions"] ?? definitions)["name"]!.DeepClone().AsObject();
        rule["$schema"] = "http://json-schema.org/draft-07/schema#";

        if (new DocumentSchema(rule).Problems(JsonValue.Create(name)) is { Count: > 0 } problems)
        {
            throw new UsageException(
                $"{name} cannot be a name: {string.Join("; ", problems).Replace("the document", "it", StringComparison.Ordinal)}.",
                (string)rule["description"]!);
        }
    }

    /// <summary>Lines of the machinery that have the name as a word, each with file and number.</summary>
    public static async Task<IReadOnlyList<string>> InMachineryAsync(Repository repository, string name, CancellationToken stop)
    {
        // https://git-scm.com/docs/git-grep: 1 means that nothing was found.
        var result = await CommandLine.Of("git", ["grep", "--untracked", "-niwIF", "-e", name, "--", .. Machinery]).In(repository.Root).TryRunAsync(stop);

        return result.ExitCode is 0 or 1
            ? [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Length > 200 ? line[..200] + "…" : line)]
            : throw new CommandFailedException("git grep", result);
    }

    /// <summary><c>price-list</c> as classes and folders of sources are called: <c>PriceList</c>.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
