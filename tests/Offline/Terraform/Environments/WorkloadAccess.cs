using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Policies.Iam;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>Holds the roles and policies of a plan against the contract: every component may do what it uses, and nothing else.</summary>
/// <param name="dataKey">ARN of the key that encrypts the environment's data.</param>
internal sealed class WorkloadAccess(StackTree tree, string environment, string dataKey)
{
    private readonly JsonNode facts = Yaml.LoadFile(tree.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!;

    private sealed record Use(string Owner, string Kind, string Name, IReadOnlyList<string> Access);

    /// <param name="resources">The part of a plan that one call of the stack made.</param>
    public IReadOnlyList<string> Violations(string workload, IReadOnlyList<ResourceChange> resources)
    {
        var components = Contract(workload)["components"]!.AsObject();
        var roles = resources.Where(change => change.Type == "aws_iam_role").ToDictionary(change => (string)change.After!["name"]!);
        var policies = resources.Where(change => change.Type == "aws_iam_role_policy").ToLookup(change => (string)change.After!["role"]!);
        var names = components.ToDictionary(component => $"{environment}-{workload}-{component.Key}", component => component);

        return
        [
            .. roles.Keys.Except(names.Keys).Where(role => !StartsTasks(role, names.Keys, workload)).Select(role => $"role {role} belongs to no component"),
            .. names.SelectMany(pair => OfComponent(workload, pair.Value.Key, pair.Value.Value!, roles.GetValueOrDefault(pair.Key), [.. policies[pair.Key]])),
        ];
    }

    // On ECS each component has a second role, in which its tasks are started. What that may do is a matter of the module ecs-service and its tests.
    private bool StartsTasks(string role, IEnumerable<string> components, string workload) =>
        components.Any(component => role == $"{component}-execution")
            && (string?)Yaml.LoadFile(tree.PathTo("terraform", "envs", environment, "releases", $"{workload}.yaml"))["release"]!["runtime"] == "ecs";

    private IEnumerable<string> OfComponent(string workload, string name, JsonNode component, ResourceChange? role, IReadOnlyList<ResourceChange> policies)
    {
        Use[] uses = [.. (component["uses"] as JsonObject ?? []).Select(pair => Parse(workload, pair.Key, ResourceKind.VerbsOf(pair.Value)))];
        var hasOwnTrust = File.Exists(tree.PathTo("terraform", "stacks", (string)facts["kind"]!, "workload", "trust", $"{component["kind"]}.yaml"));

        if (role is null)
        {
            return uses is [] && !hasOwnTrust ? [] : [$"{name} has no role"];
        }

        if (uses is [] && !hasOwnTrust)
        {
            return [$"{name} has a role, and uses nothing"];
        }

        var named = policies.ToDictionary(policy => (string)policy.After!["name"]!, policy => PolicyDocument.Parse((string)policy.After!["policy"]!));
        string[] kinds = [.. uses.Select(use => use.Kind).Distinct()];

        return
        [
            .. hasOwnTrust || Trust(workload, name, role) is not { } problem ? Array.Empty<string>() : [problem],
            .. kinds.Except(named.Keys).Select(kind => $"{name} uses {kind} and has no policy of that name"),
            .. named.Keys.Except(kinds).Select(kind => $"{name} has the policy {kind}, and uses nothing of that kind"),
            .. named.SelectMany(pair => OfPolicy(name, pair.Key, pair.Value)),
            .. Kinds().SelectMany(kind => OfKind(workload, name, kind, uses, [.. named.Values])),
        ];
    }

    private IEnumerable<string> OfPolicy(string component, string kind, PolicyDocument policy) => Permissions.Of(tree, kind) is not { } permissions
        ? [$"kind {kind}: nothing says what AWS has to allow: add tests/Fixtures/permissions/aws/{kind}.yaml"]
        :
        [
            .. policy.Actions.Except(permissions.Actions).Select(action => $"{component}: its policy {kind} allows {action}, which is not of that kind"),
            .. permissions.Unmatched.Select(
                verb => $"kind {kind}: the verb {verb} is in only one of schemas/resources/{kind}.json and tests/Fixtures/permissions/aws/{kind}.yaml"),
        ];

    // Asks for every resource of every workload, used or not, and for one that does not exist and one of another account: a pattern would allow these.
    private IEnumerable<string> OfKind(string workload, string component, string kind, IReadOnlyList<Use> uses, IReadOnlyList<PolicyDocument> policies)
    {
        if (Permissions.Of(tree, kind) is not { } permissions)
        {
            return [];
        }

        var account = (string)facts["account"]!;
        var there = tree.Workloads.SelectMany(
            owner => (Contract(owner)["resources"]?[kind] as JsonObject ?? [])
                .Select(pair => (Owner: owner, Name: pair.Key, Definition: pair.Value, Account: account)));
        var decoys = uses.Where(use => use.Kind == kind).Select(use => (use.Owner, use.Name, Definition: (JsonNode?)null, Account: "123412341234"))
            .Append((Owner: workload, Name: "not-there", Definition: null, Account: account));

        return
        [
            .. there.Concat(decoys).SelectMany(resource => permissions
                .Of(
                    resource.Account == account
                        ? uses.FirstOrDefault(use => (use.Owner, use.Kind, use.Name) == (resource.Owner, kind, resource.Name))?.Access ?? []
                        : [],
                    resource.Definition,
                    text => Fill(text, resource.Account).Replace("{name}", $"{environment}-{resource.Owner}-{resource.Name}", StringComparison.Ordinal))
                .Where(judged => policies.Any(policy => policy.Allows(judged.Action, judged.Arn, new Dictionary<string, string>())) != judged.IsAllowed)
                .Select(judged => $"{component} is {(judged.IsAllowed ? "not " : "")}allowed {judged.Action} on {judged.Arn}")),
            .. permissions.Key is { } key ? OfKey(component, key.Action, Fill(key.Via, account), uses.Any(use => use.Kind == kind), policies) : [],
        ];
    }

    private IEnumerable<string> OfKey(string component, string action, string service, bool isNeeded, IReadOnlyList<PolicyDocument> policies)
    {
        bool Allowed(string key, string? via) => policies.Any(
            policy => policy.Allows(action, key, via is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["kms:ViaService"] = via }));

        return
        [
            .. Allowed(dataKey, service) == isNeeded ? Array.Empty<string>() : [$"{component} is {(isNeeded ? "not " : "")}allowed {action} through {service}"],
            .. Allowed(dataKey, null) ? [$"{component} is allowed {action} by itself, not only through {service}"] : Array.Empty<string>(),
            .. Allowed(dataKey[..^4] + "0000", service) ? [$"{component} is allowed {action} with another key"] : Array.Empty<string>(),
        ];
    }

    // Only what the release's runtime starts for this very component may take its role.
    private string? Trust(string workload, string component, ResourceChange role)
    {
        var trust = PolicyDocument.Parse((string)role.After!["assume_role_policy"]!);
        var (region, account) = ((string)facts["region"]!, (string)facts["account"]!);
        var (service, right, wrong) = Runtime(workload) switch
        {
            "eks" => (
                "pods.eks.amazonaws.com",
                Pods(workload, $"{workload}-{component}"),
                new[] { Pods(workload, $"{workload}-another"), Pods("another", $"{workload}-{component}"), [] }),
            "ecs" => ("ecs-tasks.amazonaws.com", Tasks(account, region), [Tasks("123412341234", region), Tasks(account, "af-south-1"), []]),
            var other => throw new NotSupportedException($"Who may take a role in the runtime {other} is not known here: extend {nameof(WorkloadAccess)}."),
        };

        return !trust.Trusts(service, right) ? $"{component}: {service} cannot take its role"
            : wrong.Any(context => trust.Trusts(service, context)) ? $"{component}: {service} can take its role for others"
            : null;
    }

    private static Dictionary<string, string> Pods(string space, string account) =>
        new() { ["aws:RequestTag/kubernetes-namespace"] = space, ["aws:RequestTag/kubernetes-service-account"] = account };

    private static Dictionary<string, string> Tasks(string account, string region) =>
        new() { ["aws:SourceAccount"] = account, ["aws:SourceArn"] = $"arn:aws:ecs:{region}:{account}:task/cluster/1" };

    private string Runtime(string workload) =>
        (string)Yaml.LoadFile(tree.PathTo("terraform", "envs", environment, "releases", $"{workload}.yaml"))["release"]!["runtime"]!;

    private string Fill(string text, string account) =>
        text.Replace("{region}", (string)facts["region"]!, StringComparison.Ordinal).Replace("{account}", account, StringComparison.Ordinal);

    private JsonNode Contract(string workload) => Yaml.LoadFile(tree.PathTo("services", workload, "workload.yaml"))["workload"]!;

    private IEnumerable<string> Kinds() =>
        Directory.EnumerateFiles(tree.PathTo("schemas", "resources"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file));

    private static Use Parse(string workload, string path, IReadOnlyList<string> access) => path.Split('/') switch
    {
        [var kind, var name] => new(workload, kind, name, access),
        [var owner, var kind, var name] => new(owner, kind, name, access),
        _ => throw new InvalidDataException($"{workload}: {path} is not <kind>/<name> or <workload>/<kind>/<name>."),
    };
}
