using Causeway.Harness.Policies;

namespace Causeway.Offline.Policies;

/// <summary>A folder of <c>tests/Fixtures/policies</c>: all that the policy judges in it has the verdict that the folder is called by.</summary>
/// <param name="Folder"><c>…/dynamodb/DDB-1/pass</c>.</param>
internal record PolicyFixture(string Folder)
{
    public string Id => Path.GetFileName(Path.GetDirectoryName(Folder)!);

    public VerdictKind Verdict => Enum.Parse<VerdictKind>(Path.GetFileName(Folder), ignoreCase: true);

    /// <summary>By policy's id and verdict: <c>DDB-1/pass</c>.</summary>
    public string Name => $"{Id}/{Path.GetFileName(Folder)}";

    /// <summary>The folder of the policy's subject: <c>dynamodb</c>.</summary>
    public string Subject => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Folder)!)!);

    /// <summary>What is wrong with findings of this fixture; null where there are some, and all have its verdict.</summary>
    public string? Problem(IReadOnlyList<Finding> findings)
    {
        var others = findings.Where(finding => finding.Verdict.Kind != Verdict).Select(finding => $"{finding.Address}: {finding.Verdict}");

        return findings is [] ? "the policy judges nothing in it" : others.Any() ? $"wanted {Verdict}: {string.Join("; ", others)}" : null;
    }
}
