namespace Causeway.Offline.NewKinds;

/// <summary>Something that renders kinds, and where it finds the file of one.</summary>
/// <param name="Name">As docs/add-a-kind.md calls it.</param>
/// <param name="Of">What it renders a kind of: component, resource or objective.</param>
/// <param name="Pattern">The file, relative to the repository; <c>&lt;kind&gt;</c> is the kind's name, <c>&lt;Kind&gt;</c> the same as a class is
/// called.</param>
/// <param name="Lists">Whether the folder holds kinds and nothing else, so that a file there by itself says that the kind exists.</param>
internal sealed record KindRenderer(string Name, string Of, string Pattern, bool Lists)
{
    /// <summary>All of them: what a kind must have.</summary>
    public static IReadOnlyList<KindRenderer> All { get; } =
    [
        new("schema", "component", "schemas/components/<kind>.json", Lists: true),
        new("chart", "component", "helm/charts/workload/templates/components/_<kind>.tpl", Lists: true),
        new("monitoring", "component", "monitoring/templates/components/_<kind>.tpl", Lists: true),
        new("schema", "resource", "schemas/resources/<kind>.json", Lists: true),
        new("chart", "resource", "helm/charts/workload/templates/resources/_<kind>.tpl", Lists: true),
        new("Terraform", "resource", "terraform/stacks/aws/workload/<kind>.tf", Lists: false),
        new("local runtime", "resource", "src/Harness/Local/Resources/<Kind>.cs", Lists: false),
        new("permissions", "resource", "tests/Fixtures/permissions/aws/<kind>.yaml", Lists: true),
        new("reach", "resource", "tests/Fixtures/reach/aws/<kind>.yaml", Lists: true),
        new("schema", "objective", "schemas/objectives/<kind>.json", Lists: true),
        new("monitoring", "objective", "monitoring/templates/objectives/_<kind>.tpl", Lists: true),
        new("runbook", "objective", "monitoring/runbooks/<Kind>BudgetBurn.md", Lists: false),
        new("series", "objective", "tests/Fixtures/monitoring/objectives/<kind>.yaml", Lists: true),
    ];

    /// <summary>The file of <paramref name="kind"/>, relative to the repository.</summary>
    public string FileOf(string kind) => Expand(Pattern, kind);

    /// <summary>Names of the kinds that this renderer has a file for.</summary>
    public IEnumerable<string> Kinds(Harness.Repository repository)
    {
        var (before, after) = Pattern.Split("<kind>") switch
        {
            [var first, var second] => (first, second),
            _ => throw new InvalidOperationException($"{Pattern} does not list kinds."),
        };
        var (folder, prefix) = (Path.GetDirectoryName(before + "x")!, Path.GetFileName(before));

        return Directory.Exists(repository.PathTo(folder))
            ? Directory.EnumerateFiles(repository.PathTo(folder), $"{prefix}*{after}").Select(file => Path.GetFileName(file)[prefix.Length..^after.Length])
            : [];
    }

    /// <summary>The kinds of component, resource or objective that any renderer has a file for, in order.</summary>
    public static IReadOnlyList<string> KindsOf(Harness.Repository repository, string of) =>
        [
            .. All.Where(renderer => renderer.Of == of && renderer.Lists)
                .SelectMany(renderer => renderer.Kinds(repository))
                .Distinct()
                .Order(StringComparer.Ordinal)
        ];

    /// <summary>What each kind lacks, in words, by the renderer's file; null where it is there.</summary>
    public static IReadOnlyDictionary<string, string?> Check(Harness.Repository repository) =>
        (from renderer in All
         from kind in KindsOf(repository, renderer.Of)
         let file = renderer.FileOf(kind)
         let missing = $"missing: the {renderer.Of} kind {kind} has no {renderer.Name}; add the file (docs/add-a-kind.md)"
         select (file, Problem: File.Exists(repository.PathTo(file)) ? null : missing))
        .ToDictionary(found => found.file, found => (string?)found.Problem);

    /// <summary>A pattern with the kind's name in its places.</summary>
    public static string Expand(string pattern, string kind) =>
        pattern.Replace("<kind>", kind, StringComparison.Ordinal)
            .Replace("<Kind>", string.Concat(kind.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])), StringComparison.Ordinal);
}
