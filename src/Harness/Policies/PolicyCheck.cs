using Causeway.Harness.Kubernetes;
using Causeway.Harness.Policies.Kubernetes.Argo;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>Every policy over everything in a plan, or in a rendering, that it is about.</summary>
public static class PolicyCheck
{
    /// <param name="name">The plan's name, as waivers know it: <c>dev/foundation</c>.</param>
    /// <param name="isProtected">Whether it is the plan of a protected environment; null where that is not known.</param>
    /// <param name="time">Tells which day it is, for rules that depend on it; null is the system's clock.</param>
    public static IReadOnlyList<Finding> Of(Plan plan, string name, Waivers waivers, bool? isProtected = null, TimeProvider? time = null) =>
        Of(plan, Policy.All, name, waivers, isProtected, time);

    /// <inheritdoc cref="Of(Plan, string, Waivers, bool?, TimeProvider?)"/>
    public static IReadOnlyList<Finding> Of(
        Plan plan, IReadOnlyList<Policy> policies, string name, Waivers waivers, bool? isProtected = null, TimeProvider? time = null)
    {
        var references = new PlanReferences(plan);

        return
        [
            .. from policy in policies.OfType<ResourcePolicy>()
               from resource in plan.Resources
               where policy.Judges(resource)
               select Found(policy, resource.Address, policy.Judge(new Subject(resource, plan, references, time)), name, waivers),
            .. from release in AppsRelease.In(plan)
               let rendering = new Rendering(name, release.Objects.Select(item => new ManifestObject(item))) { IsProtected = isProtected }
               from finding in Of(rendering, policies, waivers, $"{release.Resource.Address}: ")
               select finding,
        ];
    }

    public static IReadOnlyList<Finding> Of(Rendering rendering, Waivers waivers) => Of(rendering, Policy.All, waivers);

    /// <inheritdoc cref="Of(Rendering, Waivers)"/>
    public static IReadOnlyList<Finding> Of(Rendering rendering, IReadOnlyList<Policy> policies, Waivers waivers) => Of(rendering, policies, waivers, "");

    /// <summary>One line of counts, and one for each violation and each waiver that is used.</summary>
    public static IEnumerable<string> Lines(Plan plan, IReadOnlyList<Finding> findings) => Lines(
        findings,
        plan.Resources.Where(resource => resource is { Mode: "managed", After: not null }).Select(resource => resource.Address),
        ("resources", "types"));

    /// <inheritdoc cref="Lines(Plan, IReadOnlyList{Finding})"/>
    public static IEnumerable<string> Lines(Rendering rendering, IReadOnlyList<Finding> findings) =>
        Lines(findings, rendering.Objects.Select(item => item.Address), ("objects", "kinds"));

    private static Finding[] Of(Rendering rendering, IReadOnlyList<Policy> policies, Waivers waivers, string place) =>
    [
        .. from policy in policies.OfType<ObjectPolicy>()
           from item in rendering.Objects
           where policy.Judges(item)
           select Found(policy, place + item.Address, Judged(policy, item, rendering), rendering.Name, waivers) with { File = item.File },
    ];

    // What cannot be evaluated, such as a selector's operator that does not exist, is not known either.
    private static Verdict Judged(ObjectPolicy policy, ManifestObject item, Rendering rendering)
    {
        try
        {
            return policy.Judge(item, rendering);
        }
        catch (InvalidDataException fault)
        {
            return Verdict.Unclear(fault.Message.TrimEnd('.'));
        }
    }

    private static Finding Found(Policy policy, string address, Verdict verdict, string name, Waivers waivers) =>
        new(policy, address, verdict, verdict.Kind is VerdictKind.Pass ? null : waivers.For(policy.Id, name, address));

    private static IEnumerable<string> Lines(IReadOnlyList<Finding> findings, IEnumerable<string> all, (string Items, string Sorts) words)
    {
        // Of an object in a resource, the resource counts.
        var judged = findings.Select(finding => finding.Address.Split(": ")[0]).ToHashSet();
        var others = all.Count(address => !judged.Contains(address));
        var passed = findings.Count(finding => finding.Verdict.Kind is VerdictKind.Pass);
        var waived = findings.Where(finding => finding.Waiver is not null).ToArray();
        var violations = findings.Where(finding => finding.IsViolation).ToArray();

        yield return $"  policies: {findings.Count} checks of {judged.Count} {words.Items}, {others} {words.Items} are of {words.Sorts} without a policy; " +
            $"{passed} pass, {violations.Length} violated, {waived.Length} waived";

        foreach (var finding in violations)
        {
            yield return $"    {finding}";
        }

        foreach (var one in waived.GroupBy(finding => finding.Waiver!))
        {
            yield return $"    waived until {one.Key.Expires:yyyy-MM-dd} by {one.Key.Owner}: {one.Key.Policy} on {one.Key.Address}: {one.Key.Reason}";
        }
    }
}
