namespace Causeway.Harness.Terraform;

/// <summary>What <c>causeway plan</c> was asked for.</summary>
public sealed record PlanRequest
{
    /// <summary>Only this environment; null: all of kind <c>aws</c>.</summary>
    public string? Environment { get; init; }

    /// <summary>Only this stack; what it needs is applied before, in silence.</summary>
    public string? Stack { get; init; }

    /// <summary>Show what this tree changes after the merge base with this git reference.</summary>
    public string? Against { get; init; }

    /// <summary>A configuration of its own instead of the repository's stacks.</summary>
    public string? Root { get; init; }

    /// <summary>Apply, and fail unless a second plan is empty.</summary>
    public bool Apply { get; init; }

    /// <summary>Destroy at the end, and fail unless nothing is left.</summary>
    public bool Destroy { get; init; }

    public string? Markdown { get; init; }

    public IReadOnlyList<string> Modules { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyList<string> VariableFiles { get; init; } = [];

    /// <summary>The registry's provider, the backend in S3 and the user's credentials.</summary>
    public bool Real { get; init; }
}
