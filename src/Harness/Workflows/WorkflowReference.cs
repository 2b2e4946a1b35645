namespace Causeway.Harness.Workflows;

/// <summary>The table of rules in the guide to workflows, written from the rules there are.</summary>
public static class WorkflowReference
{
    /// <summary>The guide, relative to the repository.</summary>
    public const string File = "docs/github.md";

    /// <summary>The guide with its table brought up to date.</summary>
    /// <returns>Null where it has no place for the table.</returns>
    public static string? Insert(string guide) => MarkedText.Insert(guide, "WORKFLOW_RULES", string.Concat(
    [
        "| id | what goes wrong without it |\n|---|---|\n",
        .. WorkflowRule.All.Select(rule => $"| {rule.Id} | {rule.Reason} |\n"),
    ]));
}
