using System.Text.RegularExpressions;

namespace Causeway.Offline.Repository;

/// <summary>What the documents point at exists, and what they tell people to run can be run.</summary>
public sealed partial class DocumentTests(Workbench workbench)
{
    private string[] Documents =>
    [
        .. Directory.GetFiles(workbench.Checkout.Root, "*.md"),
        .. Directory.GetFiles(workbench.Checkout.PathTo("docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Every_link_leads_to_a_file()
    {
        var links = Documents.SelectMany(LinksOf).ToArray();
        var gate = new Gate("links", links.Select(link => $"{link.From} → {link.To}"));

        foreach (var (from, to) in links)
        {
            gate.Record($"{from} → {to}", Leads(from, to) ? null : "leads nowhere");
        }

        gate.Close();
    }

    [Fact]
    public void Every_verb_the_documents_show_is_one_the_command_has()
    {
        var verbs = Directory.GetFiles(workbench.Checkout.PathTo("build", "Verbs"), "*.cs").Select(file => Path.GetFileNameWithoutExtension(file).ToLowerInvariant()).ToHashSet();
        var shown = Documents.SelectMany(document => Verb().Matches(File.ReadAllText(document)).Select(match => $"{Path.GetFileName(document)}: {match.Groups[1].Value}")).Distinct().ToArray();
        var gate = new Gate("verbs", shown);

        foreach (var verb in shown)
        {
            gate.Record(verb, verbs.Contains(verb.Split(": ")[1]) ? null : "no such verb in build/Verbs");
        }

        gate.Close();
    }

    [Fact]
    public void Every_path_in_backticks_exists()
    {
        // Paths with a placeholder, a wildcard or an environment yet to come are no paths.
        var paths = Documents
            .Where(document => !document.Contains("/decisions/", StringComparison.Ordinal))
            .SelectMany(document => Quoted().Matches(File.ReadAllText(document)).Select(match => match.Groups[1].Value))
            .Where(path => !path.Contains('<', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal) && !path.StartsWith("artifacts", StringComparison.Ordinal))
            .Distinct()
            .ToArray();
        var gate = new Gate("paths", paths);

        foreach (var path in paths)
        {
            var full = workbench.Checkout.PathTo(path.TrimEnd('/'));
            gate.Record(path, File.Exists(full) || Directory.Exists(full) ? null : "does not exist");
        }

        gate.Close();
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps()
    {
        string[] numbers = [.. Directory.GetFiles(workbench.Checkout.PathTo("docs", "decisions")).Select(file => Path.GetFileName(file)![..4]).Order(StringComparer.Ordinal)];

        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(number => $"{number:0000}"), numbers);
    }

    private static IEnumerable<(string From, string To)> LinksOf(string document) =>
        Link().Matches(File.ReadAllText(document)).Select(match => (document, match.Groups[1].Value)).Where(link => !link.Value.Contains("://", StringComparison.Ordinal)).Distinct();

    private static bool Leads(string from, string to)
    {
        var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, to.Split('#')[0]));

        return File.Exists(target) || Directory.Exists(target);
    }

    [GeneratedRegex(@"\]\(([^)#][^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\./causeway ([a-z]+)")]
    private static partial Regex Verb();

    [GeneratedRegex(@"`((?:services|schemas|terraform|helm|images|tests|build|docs)/[^\s`]*)`")]
    private static partial Regex Quoted();
}
