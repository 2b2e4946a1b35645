using System.Text;

namespace Causeway.Harness.Argo.Diffs;

/// <summary>Differences as lines for a terminal, and as a comment of a pull request, whose length is limited.</summary>
/// <param name="head">What was compared.</param>
/// <param name="clusters">In order of environment.</param>
/// <param name="remarks">What a reader has to know besides.</param>
/// <param name="problems">Why the change is refused.</param>
public sealed class DiffReport(string head, IReadOnlyList<ClusterDiff> clusters, IReadOnlyList<string> remarks, IReadOnlyList<string> problems)
{
    /// <summary>GitHub refuses a comment of more than 65,536 characters.</summary>
    public const int Longest = 65_000;

    /// <summary>Everything, for a terminal.</summary>
    public IEnumerable<string> Lines() =>
    [
        head,
        .. clusters.SelectMany(cluster => cluster.Applications.SelectMany(Lines).Prepend($"{Counts(cluster)}").Prepend("")),
        "",
        .. remarks,
    ];

    /// <summary>
    /// Everything that fits. Which applications come and go is always there; of details, those of the longest applications are left out first, and each
    /// application that lacks some is named.
    /// </summary>
    public string Markdown(int longest = Longest)
    {
        var texts = clusters.SelectMany(cluster => cluster.Applications).ToDictionary(one => one, Text);
        var length = Markdown(one => texts[one].Whole).Length;
        var cut = new HashSet<ApplicationDiff>();

        foreach (var (one, text) in texts.OrderByDescending(text => text.Value.Details).TakeWhile(_ => length > longest))
        {
            cut.Add(one);
            length += text.Cut.Length - text.Whole.Length;
        }

        return length <= longest ? Markdown(one => cut.Contains(one) ? texts[one].Cut : texts[one].Whole) : Shortest(longest);
    }

    private string Markdown(Func<ApplicationDiff, string> textOf)
    {
        var text = new StringBuilder(Head());

        foreach (var cluster in clusters)
        {
            text.Append($"\n### {Counts(cluster)}\n");
            cluster.Applications.ToList().ForEach(one => text.Append(textOf(one)));
        }

        return text.ToString();
    }

    // An application with its details and without, and how many characters its details have.
    private static (string Whole, string Cut, int Details) Text(ApplicationDiff one)
    {
        string[] lines = [.. Lines(one).Skip(1)];
        var name = $"\n- `{Sign(one.Kind)}` **{one.Name}** ({one.From})\n";
        var fence = new string('`', Math.Max(3, lines.Select(LongestRun).DefaultIfEmpty().Max() + 1));

        return (
            lines is [] ? name : $"{name}\n  {fence}diff\n{string.Concat(lines.Select(line => $"  {line[2..]}\n"))}  {fence}\n",
            $"{name}  - {lines.Length} lines are left out for length: `./causeway diff` shows them.\n",
            lines.Sum(line => line.Length));
    }

    // Where even the names are too many.
    private string Shortest(int longest)
    {
        var text = new StringBuilder(Head());
        clusters.ToList().ForEach(cluster => text.Append($"\n### {Counts(cluster)}\n"));
        text.Append("\nThe names of the applications are left out for length: `./causeway diff` shows them.\n");

        return text.Length <= longest ? text.ToString() : text.ToString(0, longest);
    }

    private string Head() => string.Concat(
        $"## {head}\n",
        problems is [] ? "" : $"\n**Refused:**\n{string.Concat(problems.Take(50).Select(problem => $"- {problem}\n"))}",
        problems.Count > 50 ? $"- and {problems.Count - 50} more: `./causeway diff` shows them\n" : "",
        remarks is [] ? "" : $"\n{string.Concat(remarks.Select(remark => $"- {remark}\n"))}");

    private static string Counts(ClusterDiff cluster) => cluster.Applications is []
        ? $"{cluster.Environment}: no changes, {cluster.Same} applications"
        : $"{cluster.Environment}: {cluster.Count(DiffKind.Removed)} removed, {cluster.Count(DiffKind.Added)} added, " +
            $"{cluster.Count(DiffKind.Changed)} changed, {cluster.Same} the same";

    private static IEnumerable<string> Lines(ApplicationDiff one)
    {
        yield return $"{Sign(one.Kind)} {one.Name} ({one.From}){(one.Skipped is "" ? "" : $": {one.Skipped}")}";

        foreach (var line in one.Lines)
        {
            yield return $"    {line}";
        }

        foreach (var item in one.Objects)
        {
            yield return $"  {Sign(item.Kind)} {item.Address}";

            foreach (var line in item.Lines)
            {
                yield return $"      {line}";
            }
        }
    }

    private static char Sign(DiffKind kind) => kind switch { DiffKind.Added => '+', DiffKind.Removed => '-', _ => '!' };

    private static int LongestRun(string line) => line.Split(line.Where(letter => letter is not '`').Distinct().ToArray()).Max(run => run.Length);
}
