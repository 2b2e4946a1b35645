using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies;

/// <summary>Every policy over every resource of a plan that it is about.</summary>
public static class PolicyCheck
{
    /// <param name="name">The plan's name, as waivers know it: <c>dev/foundation</c>.</param>
    public static IReadOnlyList<Finding> Of(Plan plan, string name, Waivers waivers) => Of(plan, Policy.All, name, waivers);

    /// <inheritdoc cref="Of(Plan, string, Waivers)"/>
    public static IReadOnlyList<Finding> Of(Plan plan, IEnumerable<Policy> policies, string name, Waivers waivers)
    {
        var references = new PlanReferences(plan);

        return
        [
            .. from policy in policies
               from resource in plan.Resources
               where policy.Judges(resource)
               let verdict = policy.Judge(new Subject(resource, plan, references))
               let waiver = verdict.Kind is VerdictKind.Pass ? null : waivers.For(policy.Id, name, resource.Address)
               select new Finding(policy, resource, verdict, waiver),
        ];
    }

    /// <summary>One line of counts, and one for each violation and each waiver that is used.</summary>
    public static IEnumerable<string> Lines(Plan plan, IReadOnlyList<Finding> findings)
    {
        var judged = findings.Select(finding => finding.Resource.Address).ToHashSet();
        var others = plan.Resources.Count(resource => resource is { Mode: "managed", After: not null } && !judged.Contains(resource.Address));
        var passed = findings.Count(finding => finding.Verdict.Kind is VerdictKind.Pass);
        var waived = findings.Where(finding => finding.Waiver is not null).ToArray();
        var violations = findings.Where(finding => finding.IsViolation).ToArray();

        yield return $"  policies: {findings.Count} checks of {judged.Count} resources, {others} resources are of types without a policy; {passed} pass, " +
            $"{violations.Length} violated, {waived.Length} waived";

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
