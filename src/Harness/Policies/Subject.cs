using System.Text.Json.Nodes;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>A resource that policies judge: as the plan says it will be, among the others of the plan.</summary>
/// <param name="time">Tells which day it is; null is the system's clock.</param>
public sealed class Subject(ResourceChange resource, Plan plan, PlanReferences references, TimeProvider? time = null)
{
    public ResourceChange Resource => resource;

    public Plan Plan => plan;

    public PlanReferences References => references;

    /// <summary>The day on which it is judged, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime((time ?? TimeProvider.System).GetUtcNow().UtcDateTime);

    /// <summary>Another resource or data source of the same plan.</summary>
    public Subject Beside(ResourceChange other) => new(other, plan, references, time);

    /// <inheritdoc cref="ResourceChange.Planned"/>
    public PlannedValue Value(params IReadOnlyList<string> path) => resource.Planned(path);

    /// <summary>Whether the configuration leaves an attribute out, and no provider computes it.</summary>
    public bool IsAbsent(string attribute) => resource.After?[attribute] is null && resource.AfterUnknown?[attribute] is null;

    /// <summary>Whether the configuration gives an attribute or a block an expression.</summary>
    public bool HasExpression(string name) => references.IsConfigured(resource, [name]);

    /// <summary>The nested blocks of a name; null where their number is not known.</summary>
    public IReadOnlyList<JsonNode>? Blocks(string name) =>
        resource.AfterUnknown?[name] is JsonValue ? null : [.. (resource.After?[name] as JsonArray ?? []).OfType<JsonNode>()];

    /// <summary>Passes where a switch is on.</summary>
    /// <param name="otherwise">What is wrong where it is off.</param>
    public Verdict IsOn(string otherwise, params IReadOnlyList<string> path) => Value(path) switch
    {
        { IsKnown: false } => Verdict.Unknown(string.Join('.', path)),
        { Value: JsonValue value } when value.TryGetValue<bool>(out var on) && on => Verdict.Pass,
        _ => Verdict.Fail(otherwise),
    };

    /// <summary>Passes where an attribute names a key of KMS: by a text, or by what a key or an alias will have. AWS's own keys do not count.</summary>
    public Verdict HasKey(string otherwise, params IReadOnlyList<string> path)
    {
        if (Value(path) is { IsKnown: true, Value: JsonValue known })
        {
            // AWS's own keys are named by such aliases.
            return known.TryGetValue<string>(out var text) && (text is "" || text.Contains("alias/aws/", StringComparison.Ordinal))
                ? Verdict.Fail(otherwise)
                : Verdict.Pass;
        }

        return references.Of(resource, path[0]).Any(address => PlanReferences.TypeOf(address) is "aws_kms_key" or "aws_kms_alias") ? Verdict.Pass
            : references.IsConfigured(resource, path) ? Verdict.Unknown(string.Join('.', path))
            : Verdict.Fail(otherwise);
    }

    /// <summary>The resources and data sources that an attribute's expression leads to.</summary>
    public IReadOnlyList<ResourceChange> Referred(string attribute)
    {
        var addresses = references.Of(resource, attribute).ToHashSet();

        return
        [
            .. plan.Resources.Where(other => addresses.Contains(PlanReferences.WithoutKeys(other.Address)))
                .GroupBy(other => PlanReferences.WithoutKeys(other.Address))
                .SelectMany(instances => PlanReferences.Meant(instances, resource)),
        ];
    }

    /// <summary>The resources of a type whose attribute leads to this one.</summary>
    public IEnumerable<Subject> ReferredBy(string type, string attribute) =>
        from other in plan.Resources
        where other is { Mode: "managed", After: not null } && other.Type == type
        let subject = Beside(other)
        where subject.Referred(attribute).Contains(resource)
        select subject;
}
