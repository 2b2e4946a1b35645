namespace Causeway.Harness.Policies;

/// <summary>The table of rules in the guide to policies, written from the rules there are: id, what goes wrong without it, and what it judges.</summary>
public static class PolicyReference
{
    /// <summary>The guide, relative to the repository.</summary>
    public const string File = "docs/policies.md";

    /// <summary>The guide with its table brought up to date.</summary>
    /// <returns>Null where it has no place for the table.</returns>
    public static string? Insert(string guide) => MarkedText.Insert(guide, "POLICIES", Table());

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
