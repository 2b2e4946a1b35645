using System.Text.RegularExpressions;
using Causeway.Harness.Commands;
using Causeway.Harness.Tools;

namespace Causeway.Offline.Repository;

/// <summary>What the documents point at exists, and what they tell people to run can be run.</summary>
[Trait("gate", "repository")]
public sealed partial class DocumentTests(Workbench workbench)
{
    private const string GoodDecision =
        "# 7. Keep it short\n\nAccepted, 2026-11-20.\n\n## Context\nIt was long.\n## Decision\nIt is short.\n## Why\nBecause.\n" +
        "## Consequences\nFew.\n## Also considered\nNothing.\n";

    private string[] Documents =>
    [
        .. Directory.GetFiles(workbench.Checkout.Root, "*.md"),
        .. Directory.GetFiles(workbench.Checkout.PathTo("docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.GetFiles(workbench.Checkout.PathTo("monitoring"), "*.md", SearchOption.AllDirectories),
    ];

    private string[] Decisions => [.. Directory.GetFiles(workbench.Checkout.PathTo("docs", "decisions")).Order(StringComparer.Ordinal)];

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
        var verbs = Directory.GetFiles(workbench.Checkout.PathTo("build", "Verbs"), "*.cs")
            .Select(file => Path.GetFileNameWithoutExtension(file).ToLowerInvariant())
            // A workload with operator commands is a verb, too.
            .Concat(workbench.Checkout.Workloads().Where(workload => OperatorCommand.Names(workbench.Checkout, workload) is not []))
            .ToHashSet();
        var shown = Documents.SelectMany(
            document => Verb().Matches(File.ReadAllText(document)).Select(match => $"{Path.GetFileName(document)}: {match.Groups[1].Value}"))
            .Distinct()
            .ToArray();
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
        // What has a placeholder or a wildcard is not the path of one file.
        var paths = Documents
            .Where(document => !document.Contains("/decisions/", StringComparison.Ordinal))
            .SelectMany(document => Quoted().Matches(File.ReadAllText(document)).Select(match => match.Groups[1].Value))
            .Where(path => !path.Contains('<', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal))
            .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal))
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
        string[] numbers = [.. Decisions.Select(file => Path.GetFileName(file)[..4])];

        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(number => $"{number:0000}"), numbers);
    }

    [Fact]
    public void Every_decision_has_the_form_of_all_others()
    {
        var gate = new Gate("decisions", Decisions);

        foreach (var file in Decisions)
        {
            gate.Record(file, DecisionRecord.ProblemOf(int.Parse(Path.GetFileName(file)[..4]), File.ReadAllText(file)));
        }

        gate.Close();
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("# 7. ", "# 8. ", "line 1 should read “# 7. <Title>”")]
    [InlineData("# 7. Keep it short\n\n", "# 7. Keep it short\n", "line 2 should be empty")]
    [InlineData("Accepted, 2026-11-20.", "Status: accepted", "line 3 should read “Accepted, <year>-<month>-<day>.”")]
    [InlineData(
        "## Why\nBecause.\n",
        "",
        "its headings are Context, Decision, Consequences, Also considered, and should be Context, Decision, Why, Consequences, Also considered")]
    [InlineData(
        "## Why\nBecause.\n## Consequences\nFew.\n",
        "## Consequences\nFew.\n## Why\nBecause.\n",
        "its headings are Context, Decision, Consequences, Why, Also considered, and should be Context, Decision, Why, Consequences, Also considered")]
    [InlineData("Because.", "", "Why is empty")]
    public void A_decision_of_another_form_is_noticed(string right, string wrong, string? problem) =>
        Assert.Equal(problem, DecisionRecord.ProblemOf(7, right is "" ? GoodDecision : GoodDecision.Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public void A_decision_that_is_too_long_is_noticed()
    {
        string With(string why) => GoodDecision.Replace("Because.", why, StringComparison.Ordinal);

        Assert.Null(DecisionRecord.ProblemOf(7, With(new string('x', 150))));
        Assert.Equal("line 10 is longer than 150 characters", DecisionRecord.ProblemOf(7, With(new string('x', 151))));
        Assert.Null(DecisionRecord.ProblemOf(7, With(new string('\n', 46) + "x")));
        Assert.Equal("it is longer than 60 lines", DecisionRecord.ProblemOf(7, With(new string('\n', 47) + "x")));
    }

    [Fact]
    public void Clean_up_names_every_Debian_package_that_up_installs()
    {
        var text = File.ReadAllText(workbench.Checkout.PathTo("docs", "clean-up.md"));
        var packages = ToolManifest.Load(workbench.Checkout).Debian.Where(tool => tool.For.Contains("up")).Select(tool => tool.Name).ToArray();
        var gate = new Gate("Debian packages", packages);

        foreach (var package in packages)
        {
            gate.Record(package, Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(package)}(?![\w-])") ? null : "is not in docs/clean-up.md");
        }

        gate.Close();
    }

    private static IEnumerable<(string From, string To)> LinksOf(string document) =>
        Link()
            .Matches(File.ReadAllText(document))
            .Select(match => (document, match.Groups[1].Value))
            .Where(link => !link.Value.Contains("://", StringComparison.Ordinal))
            .Distinct();

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
