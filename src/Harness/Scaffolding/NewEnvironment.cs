using System.Text.RegularExpressions;

namespace Causeway.Harness.Scaffolding;

/// <summary>
/// An environment that is like another one: its facts with a name, an account, a network and a domain of its own, its releases, and what is excused there.
/// Only new files; docs/add-an-environment.md says what each is for.
/// </summary>
public sealed partial class NewEnvironment(Repository repository)
{
    /// <param name="like">The environment that it is made after.</param>
    /// <param name="account">Twelve digits: one environment is one account.</param>
    /// <returns>The files that were written, relative to the repository.</returns>
    /// <exception cref="UsageException">A name or account is refused, or something is there already. Nothing is written.</exception>
    public IReadOnlyList<string> Write(string name, string like, string account)
    {
        NewName.Expect(repository, name);
        new Releases.ReleaseFiles(repository).ExpectPinned(like);

        if (!Account().IsMatch(account))
        {
            throw new UsageException($"{account} is not an account.", "Write its twelve digits: one environment is one account.");
        }

        if (Directory.Exists(repository.PathTo("terraform", "envs", name)))
        {
            throw new UsageException($"terraform/envs/{name} is there already; nothing was written.", "Choose another name, or remove what is there.");
        }

        if (repository.Environments().FirstOrDefault(other => (string?)Facts(other)["account"] == account) is { } taken)
        {
            throw new UsageException($"{account} is the account of {taken}.", "Name an account of its own: one environment is one account.");
        }

        var files = new Dictionary<string, string> { [$"terraform/envs/{name}/env.yaml"] = Environment(name, like, account) };

        foreach (var workload in repository.Releases(like))
        {
            files[Releases.ReleaseFiles.PathOf(name, workload)] = File.ReadAllText(repository.PathTo(Releases.ReleaseFiles.PathOf(like, workload)));
        }

        if (Waived(name, like) is { Length: > 0 } waivers)
        {
            files[$"terraform/envs/{name}/{Policies.Waivers.File}"] = waivers;
        }

        new NewFiles(files).Write(repository);

        return [.. files.Keys.Order(StringComparer.Ordinal)];
    }

    private System.Text.Json.Nodes.JsonNode Facts(string environment) => Yaml.LoadFile(repository.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!;

    // As text: comments and layout are worth keeping.
    private string Environment(string name, string like, string account)
    {
        var facts = Facts(like);
        var text = File.ReadAllText(repository.PathTo("terraform", "envs", like, "env.yaml"))
            .Replace((string)facts["account"]!, account, StringComparison.Ordinal);
        text = Regex.Replace(text, $"(?m)^(  name: ){Regex.Escape(like)}$", $"$1{name}");
        text = Regex.Replace(text, $@"(?m)^(    domain: ){Regex.Escape(like)}\.", $"$1{name}.");

        return Network().Match((string?)facts["network"]?["cidr"] ?? "") is { Success: true } network
            ? text.Replace($"{network.Groups["net"].Value}.", $"{FreeNetwork()}.", StringComparison.Ordinal)
            : text;
    }

    // Networks that do not overlap can be connected later.
    private string FreeNetwork()
    {
        string?[] taken = [.. repository.Environments().Select(other => (string?)Facts(other)["network"]?["cidr"])];

        return Enumerable.Range(1, 25).Select(tens => $"10.{tens * 10}")
            .FirstOrDefault(net => taken.All(cidr => cidr?.StartsWith($"{net}.", StringComparison.Ordinal) is not true))
            ?? throw new UsageException(
                "No network of the form 10.<tens>.0.0/16 is free.", "Write the environment's files by hand: docs/add-an-environment.md.");
    }

    // The same violations are there again, until their owner decides otherwise.
    private string Waived(string name, string like)
    {
        string[] entries =
        [
            .. new[] { Policies.Waivers.File, $"terraform/envs/{like}/{Policies.Waivers.File}" }
                .Select(file => repository.PathTo(file))
                .Where(File.Exists)
                .SelectMany(file => Entry().Matches(File.ReadAllText(file)).Select(entry => entry.Value.TrimEnd()))
                .Where(entry => Regex.IsMatch(entry, $@"(?m)^    (plan|rendering): {Regex.Escape(like)}/"))
                .Select(entry => Regex.Replace(entry, $@"(?m)^(    (?:plan|rendering): ){Regex.Escape(like)}/", $"$1{name}/")),
        ];

        return entries is [] ? "" : $"""
            # yaml-language-server: $schema=../../../schemas/waivers.schema.json
            # Violations of policies that are accepted here for a time, as in {like}: docs/policies.md.
            waivers:
            {string.Join("\n\n", entries)}

            """;
    }

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex Account();

    [GeneratedRegex(@"^(?<net>10\.[0-9]+)\.0\.0/16$")]
    private static partial Regex Network();

    [GeneratedRegex(@"^  - policy:.*\n(?:(?!  - ).*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
