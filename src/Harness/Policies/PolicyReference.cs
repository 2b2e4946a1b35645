namespace Causeway.Harness.Policies;

/// <summary>The table of rules in the guide to policies, written from the rules there are: id, what goes wrong without it, and what it judges.</summary>
public static class PolicyReference
{
    /// <summary>The guide, relative to the repository.</summary>
    public const string File = "docs/policies.md";

    /// <summary>The line before the table.</summary>
    public const string Begin = "<!-- BEGIN_POLICIES -->";

    /// <summary>The line after it.</summary>
    public const string End = "<!-- END_POLICIES -->";

    /// <summary>The guide with its table brought up to date.</summary>
    /// <returns>Null where it does not have both markers, each in a line of its own.</returns>
    public static string? Insert(string guide)
    {
        var begin = guide.IndexOf($"\n{Begin}\n", StringComparison.Ordinal);
        var end = guide.IndexOf($"\n{End}\n", StringComparison.Ordinal);

        return begin < 0 || end < begin ? null : $"{guide[..(begin + Begin.Length + 2)]}{Table()}{guide[(end + 1)..]}";
    }

    // Rules of manifests have a table that is written by hand: they judge pods wherever they come from, and not types.
    private static string Table() => string.Concat(
    [
        "| id | what goes wrong without it | where |\n|---|---|---|\n",
        .. Policy.All.OfType<ResourcePolicy>().Select(policy =>
            $"| {policy.Id} | {policy.Reason.Replace("|", "\\|", StringComparison.Ordinal)} | {Where(policy)} |\n"),
    ]);

    private static string Where(ResourcePolicy policy) =>
        policy.Types.Count > 6 ? $"{policy.Types.Count} types: {policy.GetType().Name}.cs" : string.Join(", ", policy.Types.Select(type => $"`{type}`"));
}
