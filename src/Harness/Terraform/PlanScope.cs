namespace Causeway.Harness.Terraform;

/// <summary>What one plan, apply or destroy is limited to.</summary>
public sealed record PlanScope
{
    /// <summary>Addresses for <c>-target</c>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Addresses for <c>-replace</c>.</summary>
    public IReadOnlyList<string> Replace { get; init; } = [];

    /// <summary>Plan to destroy everything.</summary>
    public bool Destroy { get; init; }

    /// <summary>Plan nothing but what became of what the state remembers.</summary>
    public bool RefreshOnly { get; init; }

    /// <summary>Hold the lock of the state meanwhile. A plan that is never applied can do without, and then needs no right to write.</summary>
    public bool Lock { get; init; } = true;

    /// <summary>Ask the cloud what became of each resource. Right after a plan that did, and found nothing to do, the state is known to be true.</summary>
    public bool Refresh { get; init; } = true;

    internal IEnumerable<string> Arguments() =>
    [
        Lock ? "-lock-timeout=60s" : "-lock=false",
        .. Targets.Select(address => $"-target={address}"),
        .. Replace.Select(address => $"-replace={address}"),
        .. Destroy ? ["-destroy"] : Array.Empty<string>(),
        .. Refresh ? Array.Empty<string>() : ["-refresh=false"],
        .. RefreshOnly ? ["-refresh-only"] : Array.Empty<string>(),
    ];
}
