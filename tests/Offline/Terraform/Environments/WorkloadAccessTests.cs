using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Environments;

/// <summary>What every release becomes in its environment, held against its contract; and that a defect in the stack is noticed.</summary>
[Collection(SamePlans.Name)]
public sealed class WorkloadAccessTests(Workbench workbench, PlannedStacks planned)
{
    private const string Environment = StackTree.Environment;
    private const string Workload = StackTree.Workload;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("gate", "repository")]
    public void Every_component_may_do_what_it_uses_and_nothing_else()
    {
        var gate = new Gate("releases", planned.Workloads.Select(instance => instance.Name));

        foreach (var instance in planned.Workloads)
        {
            var violations = Access(instance.Environment).Violations(instance.Workload!, planned.Plans[instance.Name].Resources);
            gate.Record(instance.Name, violations is [] ? null : string.Join("\n    ", violations));
        }

        gate.Close();
    }

    [Fact, Trait("gate", "repository")]
    public void Every_resource_of_a_contract_is_planned_by_its_derived_name()
    {
        var wanted = planned.Workloads.ToDictionary(instance => instance.Name, Resources);
        var gate = new Gate("resources", wanted.SelectMany(pair => pair.Value.Select(name => $"{pair.Key}: {name}")));

        foreach (var (instance, names) in wanted)
        {
            var made = planned.Plans[instance].Resources.Where(change => change.Mode == "managed").Select(change => (string?)change.After?["name"]).ToHashSet();
            names.ForEach(name => gate.Record($"{instance}: {name}", made.Contains(name) ? null : "is not planned"));
        }

        gate.Close();
    }

    [Fact, Trait("gate", "repository")]
    public void A_component_that_uses_another_kind_has_no_statement_about_tables()
    {
        var policies = planned.Plans[$"{Environment}/workload-{Workload}"].Resources
            .Where(change => change.Type == "aws_iam_role_policy").ToLookup(change => (string)change.After!["role"]!, change => change.After!);

        var scribe = Assert.Single(policies[$"{Environment}-{Workload}-scribe"]);
        Assert.Equal("journals", (string)scribe["name"]!);
        Assert.DoesNotContain("dynamodb", (string)scribe["policy"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("kms", (string)scribe["policy"]!, StringComparison.Ordinal);
        Assert.Equal(
            ["journals", "tables"], policies[$"{Environment}-{Workload}-book"].Select(policy => (string)policy["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact, Trait("gate", "repository")]
    public void A_component_that_uses_nothing_has_a_role_only_if_AWS_starts_it_in_the_roles_name()
    {
        var roles = planned.Plans[$"{Environment}/workload-{Workload}"].Resources.Where(change => change.Type == "aws_iam_role")
            .ToDictionary(change => (string)change.After!["name"]!);

        Assert.DoesNotContain($"{Environment}-{Workload}-idle", roles.Keys);
        Assert.Contains("lambda.amazonaws.com", (string)roles[$"{Environment}-{Workload}-close"].After!["assume_role_policy"]!, StringComparison.Ordinal);
    }

    /// <summary>Each: what is changed in the stack, and what must be said of it.</summary>
    public static IReadOnlyDictionary<string, (string File, string From, string To, string Complaint)> Defects { get; } =
        new Dictionary<string, (string, string, string, string)>
        {
            ["role-policy-missing"] = (
                "tables.tf",
                "resource \"aws_iam_role_policy\" \"tables\" {\n  for_each = local.tables_used",
                "resource \"aws_iam_role_policy\" \"tables\" {\n  for_each = {}",
                "book uses tables and has no policy of that name"),
            ["role-for-all"] = (
                "roles.tf", "if length(try(component.uses, {})) > 0 ||", "if length(try(component.uses, {})) >= 0 ||", "idle has a role, and uses nothing"),
            ["verb-without-what-it-includes"] = ("uses.tf", "concat([verb], try(definition.includes, []))", "[verb]", "book is not allowed dynamodb:PutItem"),
            ["verb-without-what-those-include"] = (
                "uses.tf",
                "for kind, verbs in local.direct_verbs : " +
                    "kind => { for verb, included in verbs : verb => distinct(flatten([for one in included : verbs[one]])) }",
                "for kind, verbs in local.direct_verbs : kind => verbs",
                "book is not allowed logs:CreateLogStream"),
            ["verb-of-another-use"] = (
                "tables.tf",
                "actions   = statement.value.actions",
                "actions   = distinct(flatten(each.value[*].actions))",
                "book is allowed dynamodb:PutItem on arn:aws:dynamodb:us-west-2:999988887777:table/stage-ledger-accounts"),
            ["every-table"] = ("tables.tf", "${local.table_arns}/${table.name}", "${local.table_arns}/*", "table/stage-ledger-not-there"),
            ["action-missing"] = ("tables.tf", "[\"dynamodb:ConditionCheckItem\"]", "[]", "book is not allowed dynamodb:ConditionCheckItem"),
            ["action-of-another-kind"] = (
                "tables.tf",
                "\"dynamodb:GetItem\"]",
                "\"dynamodb:GetItem\", \"sqs:SendMessage\"]",
                "its policy tables allows sqs:SendMessage, which is not of that kind"),
            ["index-missing"] = (
                "tables.tf",
                "keys(try(table.definition.indexes, {}))",
                "[]",
                "dynamodb:Query on arn:aws:dynamodb:us-west-2:999988887777:table/stage-ledger-entries/index/by-day"),
            ["key-for-anything"] = (
                "tables.tf",
                "\"dynamodb.${local.env.region}.amazonaws.com\"",
                "\"s3.${local.env.region}.amazonaws.com\"",
                "book is not allowed kms:Decrypt through dynamodb.us-west-2.amazonaws.com"),
            ["trust-of-every-component"] = (
                "trust/eks.yaml",
                "        \"aws:RequestTag/kubernetes-service-account\": \"${workload}-${component}\"\n",
                "",
                "pods.eks.amazonaws.com can take its role for others"),
            ["trust-of-another-runtime"] = (
                "trust/eks.yaml",
                "pods.eks.amazonaws.com",
                "ecs-tasks.amazonaws.com",
                "pods.eks.amazonaws.com cannot take its role"),
        };

    /// <summary>One plan for all: each defect is in a copy of the stack beside it, called as a module.</summary>
    [Fact]
    public async Task Every_defect_in_the_stack_is_noticed()
    {
        var tree = StackTree.Create(workbench);

        foreach (var (name, (file, from, to, _)) in Defects)
        {
            var copy = $"terraform/stacks/aws/{name}";
            CopyStack(tree, copy);
            tree.Replace($"{copy}/{file}", from, to);
        }

        var plan = await PlanAsync(tree, Defects.Keys.Select(name => (name, name, Environment, Workload)));
        var gate = new Gate("defects", Defects.Keys);

        foreach (var (name, (_, _, _, complaint)) in Defects)
        {
            var violations = Access(Environment).Violations(Workload, [.. plan.Resources.Where(change => change.Module.Split('.')[1] == name)]);
            gate.Record(
                name,
                violations.Any(violation => violation.Contains(complaint, StringComparison.Ordinal))
                    ? null
                    : $"is not noticed; said is {string.Join("; ", violations.DefaultIfEmpty("nothing"))}");
        }

        gate.Close();
    }

    /// <summary>Each: how documents contradict each other, and how the stack refuses them.</summary>
    public static IReadOnlyDictionary<string, (string Contract, string Release, string Complaint)> Contradictions { get; } =
        new Dictionary<string, (string, string, string)>
        {
            ["override-of-no-component"] = (Uses(""), "overrides: { components: { none: { settings: {} } } }", "override-of-no-component in stage has none."),
            ["override-of-no-key"] = (Uses(""), "overrides: { components: { one: { port: 1 } } }", "override-of-no-key in stage has one.port."),
            ["override-of-another-kind"] = (
                Uses("", "handler"), "overrides: { components: { one: { scaling: {} } } }", "override-of-another-kind in stage has one.scaling."),
            ["another-runtime"] = (Uses(""), "runtime: ecs", "release.runtime of another-runtime in stage is ecs, and env.cluster.runtime is eks"),
            ["use-of-nothing"] = (Uses("tables/none: read"), "", "In the contract of use-of-nothing: one may not read tables/none."),
            ["use-ungranted"] = (Uses("ledger/tables/entries: read"), "", "In the contract of use-ungranted: one may not read ledger/tables/entries."),
            ["use-beyond-grant"] = (
                Uses("ledger/tables/accounts: write"), "", "In the contract of use-beyond-grant: one may not write ledger/tables/accounts."),
            ["use-by-no-verb"] = (
                Uses("ledger/tables/accounts: consult"), "", "In the contract of use-by-no-verb: one may not consult ledger/tables/accounts."),
            ["kind-not-made"] = (
                Uses("", resources: "parcels: { p: {} }"), "", "The contract of kind-not-made names resources of kind parcels, which this stack does not make"),
            ["name-that-is-too-long-for-a-role"] = (
                Uses("ledger/tables/accounts: read", name: "component-of-thirty-one-letters"),
            "",
            "stage-name-that-is-too-long-for-a-role-component-of-thirty-one-letters is longer than the 64 characters"),
        };

    [Fact]
    public async Task Documents_that_contradict_each_other_are_refused()
    {
        var tree = StackTree.Create(workbench);
        tree.Replace(
            "services/ledger/workload.yaml",
            "grants: { auditor: [read] }",
            "grants: { auditor: [read], use-beyond-grant: read, use-by-no-verb: read, name-that-is-too-long-for-a-role: read }");
        CopyStack(tree, "terraform/stacks/aws/contradicted");

        foreach (var (name, (contract, release, _)) in Contradictions)
        {
            tree.Write($"services/{name}/workload.yaml", contract);
            var runtime = release.StartsWith("runtime: ", StringComparison.Ordinal) ? "" : "runtime: eks";
            tree.Write($"terraform/envs/{Environment}/releases/{name}.yaml", $"release:\n  {runtime}\n  {release}\n");
        }

        var refusal = await Assert.ThrowsAsync<TerraformException>(
            () => PlanAsync(tree, Contradictions.Keys.Select(name => (name, "contradicted", Environment, name))));
        var gate = new Gate("contradictions", Contradictions.Keys);

        // Terraform wraps what it prints: blanks are compared as one.
        var errors = refusal.Diagnostics.Where(said => said.IsError)
            .Select(said => string.Join(' ', said.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ToArray();

        foreach (var (name, (_, _, complaint)) in Contradictions)
        {
            gate.Record(name, errors.Any(error => error.Contains(complaint, StringComparison.Ordinal)) ? null : $"is not refused as `{complaint}`");
        }

        gate.Close();
    }

    private static string Uses(string uses, string kind = "service", string resources = "", string name = "one") =>
        $"workload:\n  owner: t\n  components: {{ {name}: {{ kind: {kind}, uses: {{ {uses} }} }} }}\n  resources: {{ {resources} }}\n";

    private WorkloadAccess Access(string environment) => new(planned.Tree, environment, planned.DataKeys[environment]);

    private static List<string> Resources(StackInstance instance)
    {
        var contract = Path.Combine(instance.Folder, "..", "..", "..", "..", "services", instance.Workload!, "workload.yaml");

        return [
            .. (Yaml.LoadFile(contract)["workload"]!["resources"] as JsonObject ?? [])
                .SelectMany(kind => kind.Value!.AsObject())
                .Select(resource => $"{instance.Environment}-{instance.Workload}-{resource.Key}")
        ];
    }

    // Called as a module, so without its provider: the root has one for all.
    private static void CopyStack(StackTree tree, string to)
    {
        StackTree.Copy(tree.PathTo("terraform", "stacks", "aws", "workload"), tree.PathTo(to));

        foreach (var file in Directory.EnumerateFiles(tree.PathTo(to), "*.tf"))
        {
            File.WriteAllText(file, TerraformModule.Without(File.ReadAllText(file), "provider"));
        }
    }

    private async Task<Plan> PlanAsync(StackTree tree, IEnumerable<(string Name, string Stack, string Environment, string Workload)> calls)
    {
        var folder = $"terraform/stacks/aws/calls-{Guid.NewGuid():N}";
        var facts = Yaml.LoadFile(tree.PathTo("terraform", "envs", Environment, "env.yaml"))["env"]!;
        tree.Write($"{folder}/main.tf", string.Join("\n", [
            $"provider \"aws\" {{\n  region              = \"{facts["region"]}\"\n  allowed_account_ids = [\"{facts["account"]}\"]\n}}",
            .. calls.Select(call =>
                $"module \"{call.Name}\" {{\n  source      = \"../{call.Stack}\"\n  environment = \"{call.Environment}\"\n" +
                $"  workload    = \"{call.Workload}\"\n}}")]));

        try
        {
            using var copy = await tree.CopyAsync(Stop);
            var cloud = Path.Combine(copy.Folder, "cloud.jsonl");
            File.Copy(planned.Cloud(Environment), cloud);
            await using var root = tree.RootIn(copy, tree.PathTo(folder), new() { Cloud = cloud });

            return await root.PlanAsync(Stop);
        }
        finally
        {
            Directory.Delete(tree.PathTo(folder), recursive: true);
        }
    }
}
