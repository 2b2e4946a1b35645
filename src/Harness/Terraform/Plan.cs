using System.Text.Json.Nodes;
using Causeway.Harness.Terraform.Digests;

namespace Causeway.Harness.Terraform;

/// <summary>What an apply would do. Format: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation</summary>
/// <param name="Resources">Every resource Terraform looked at, those that stay as they are included.</param>
/// <param name="Outputs">Outputs of the root, those that stay as they are included.</param>
/// <param name="Drift">What differs between state and cloud without the configuration's doing.</param>
/// <param name="Json">The whole document. It holds sensitive values: redaction removes them.</param>
/// <param name="File">The plan file an apply takes, while the working copy lives.</param>
public sealed record Plan(
    IReadOnlyList<ResourceChange> Resources,
    IReadOnlyList<OutputChange> Outputs,
    IReadOnlyList<ResourceChange> Drift,
    IReadOnlyList<Check> Checks,
    JsonObject Json,
    string? File = null)
{
    /// <summary>The root's folder, while the working copy lives; null where the plan was read from elsewhere.</summary>
    public string? Folder { get; init; }

    /// <summary>The resources something happens to, in order of address.</summary>
    public IReadOnlyList<ResourceChange> Changes { get; } = [
        .. Resources.Where(resource => !resource.IsNothing).OrderBy(resource => resource.Address, StringComparer.Ordinal)
    ];

    /// <summary>An apply would do nothing: no resource is touched, moved or taken over, no output changes.</summary>
    public bool IsEmpty => Changes is [] && Outputs.All(output => output.Kind is ChangeKind.None);

    /// <summary>The change of the resource at an address.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such resource; the message names those it has.</exception>
    public ResourceChange this[string address] =>
        Resources.FirstOrDefault(resource => resource.Address == address)
            ?? throw new KeyNotFoundException(
                $"The plan has no {address}; it has {string.Join(", ", Resources.Select(resource => resource.Address).Order(StringComparer.Ordinal))}.");

    /// <param name="json">What <c>terraform show -json</c> prints of a plan file.</param>
    /// <exception cref="InvalidDataException">That is not a plan, or one of a format with another major version.</exception>
    public static Plan Parse(JsonObject json, string? file = null)
    {
        if ((string?)json["format_version"] is not { } version || !version.StartsWith("1.", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The plan has format {json["format_version"]?.ToString() ?? "none"}; this harness reads 1.x.");
        }

        return new(
            [.. (json["resource_changes"] as JsonArray ?? []).Select(node => ResourceChange.Parse(node!))],
            [
                .. (json["output_changes"] as JsonObject ?? [])
                    .Select(pair => OutputChange.Parse(pair.Key, pair.Value!))
                    .OrderBy(output => output.Name, StringComparer.Ordinal)
            ],
            [.. (json["resource_drift"] as JsonArray ?? []).Select(node => ResourceChange.Parse(node!))],
            [.. (json["checks"] as JsonArray ?? []).Select(node => Check.Parse(node!))],
            json,
            file);
    }

    /// <summary>What the plan does, for the message of an assertion.</summary>
    public override string ToString() => IsEmpty ? "no changes" : string.Join('\n', new Digest("plan", this).Lines());
}
