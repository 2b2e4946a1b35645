using System.Text.Json.Nodes;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Policies.Iam;
using Causeway.Harness.Terraform;

namespace Causeway.Harness.Local.Traffic;

/// <summary>What is granted, held against what was done: the names of what is missing, and of what nothing needed.</summary>
/// <param name="Skipped">What cannot be seen here, with the reason.</param>
public sealed record GrantCheck(
    IReadOnlyList<string> Granted, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused, IReadOnlyList<string> Skipped);

/// <summary>Holds the permissions that Terraform plans and the network that Helm renders against recorded traffic.</summary>
public static class TrafficCheck
{
    /// <summary>
    /// Every call has to be allowed by the policies of its component's role, and every action on every resource that they allow has to be called.
    /// </summary>
    /// <param name="plan">A plan of a workload in which ARNs are known.</param>
    /// <param name="roles">Name of the role of each of the workload's components, by <see cref="CloudCall.Component"/>. Calls of others are not judged.</param>
    public static GrantCheck OfRoles(Plan plan, string region, IReadOnlyDictionary<string, string> roles, IEnumerable<CloudCall> calls)
    {
        var account = plan.Resources.Where(change => change.Type is "aws_iam_role").Select(change => (string?)change.After?["arn"])
            .FirstOrDefault(arn => arn is not null)?.Split(':')[4] ?? "";
        var policies = plan.Resources.Where(change => change.Type is "aws_iam_role_policy")
            .ToLookup(change => (string)change.After!["role"]!, change => PolicyDocument.Parse((string)change.After!["policy"]!));
        var made = calls.Where(call => roles.ContainsKey(call.Component)).Select(call => (
            Call: call, Role: roles[call.Component], Arn: $"arn:aws:{call.Service}:{region}:{account}:{call.Resource}")).ToArray();
        var granted =
            from policy in policies
            where roles.Values.Contains(policy.Key)
            from document in policy
            from grant in document.Grants
            select (Name: $"{policy.Key} may {grant.Action} on {grant.Resource}", IsUsed: made.Any(call =>
                call.Role == policy.Key && PolicyDocument.Matches(grant.Action, call.Call.Action) && PolicyDocument.Matches(grant.Resource, call.Arn)));
        // A key is unlocked by the service in the caller's name, so no call of it is seen.
        var unlocked =
            from policy in policies
            where roles.Values.Contains(policy.Key)
            from document in policy
            from via in document.ValuesOf("kms:ViaService")
            select (
                Name: $"{policy.Key} may use a key through {via}",
                IsUsed: made.Any(call => call.Role == policy.Key && call.Call.Service == via.Split('.')[0]));
        var all = granted.Concat(unlocked).Distinct().ToArray();

        return new(
            [.. all.Select(grant => grant.Name)],
            [
                .. made.Where(call => !policies[call.Role].Any(policy => policy.Allows(call.Call.Action, call.Arn, new Dictionary<string, string>())))
                    .Select(call => $"{call.Call}, which no policy of role {call.Role} allows"),
            ],
            [.. all.Where(grant => !grant.IsUsed).Select(grant => grant.Name)],
            [.. policies.Select(policy => policy.Key).Except(roles.Values).Select(role => $"{role}: no component has this role; AWS itself takes it")]);
    }

    /// <summary>
    /// Every connection that a component takes part in has to be let out and in by network policies, and every one that they let through between pods
    /// here to come about.
    /// </summary>
    /// <param name="objects">What is rendered: the policies, and the controllers whose pods they are about.</param>
    /// <param name="namespaces">Those of workloads: of connections between others nothing is asked.</param>
    public static GrantCheck OfNetwork(RenderedObjects objects, IReadOnlySet<string> namespaces, IEnumerable<Connection> connections)
    {
        var policies = new NetworkPolicies(objects.All);
        var parties = objects.All.Where(item => item["spec"]?["template"]?["spec"]?["containers"] is JsonArray).Select(PartyOf)
            .DistinctBy(party => party.Name).ToDictionary(party => party.Name);
        var made = connections.Where(seen => parties.ContainsKey(seen.From) && parties.ContainsKey(seen.To))
            .Where(seen => Concerns(parties[seen.From], parties[seen.To])).ToHashSet();
        var open = (
            from sender in parties.Values
            from receiver in parties.Values
            where sender != receiver && Concerns(sender, receiver)
            from port in receiver.Ports.Values.Distinct()
            where policies.Allows(sender, receiver, "TCP", port)
            select new Connection(sender.Name, receiver.Name, port)).ToArray();

        return new(
            [.. open.Select(seen => $"{seen}")],
            [
                .. made.Where(seen => !policies.Allows(parties[seen.From], parties[seen.To], "TCP", seen.Port))
                    .Select(seen => $"{seen}, which no network policy lets through"),
            ],
            [.. open.Where(seen => !made.Contains(seen)).Select(seen => $"{seen}")],
            []);

        bool Concerns(Party from, Party to) => namespaces.Contains(from.Namespace ?? "") || namespaces.Contains(to.Namespace ?? "");
    }

    private static Party PartyOf(JsonObject controller)
    {
        var template = controller["spec"]!["template"]!;

        return new(RenderedObjects.NameOf(controller))
        {
            Namespace = RenderedObjects.NamespaceOf(controller),
            Labels = (template["metadata"]?["labels"] as JsonObject ?? []).ToDictionary(label => label.Key, label => (string)label.Value!),
            Ports = template["spec"]!["containers"]!.AsArray().SelectMany(container => container!["ports"] as JsonArray ?? [])
                .Where(port => port!["name"] is not null)
                .ToDictionary(port => (string)port!["name"]!, port => (int)port!["containerPort"]!),
        };
    }
}
