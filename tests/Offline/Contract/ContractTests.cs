using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Policies;
using Causeway.Harness.Contract;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Contract;

/// <summary>What holds between files, so that neither a schema nor a chart can see it.</summary>
[Trait("gate", "repository")]
public sealed class ContractTests(Workbench workbench)
{
    private readonly ContractRules rules = new(workbench.Checkout);

    private IReadOnlyList<string> Environments => rules.Environments();

    [Fact]
    public async Task Every_release_renders()
    {
        var releases = ValueSet.Names;
        var gate = new Gate("releases", releases);

        foreach (var release in releases)
        {
            try
            {
                gate.Record(release, string.IsNullOrWhiteSpace(await workbench.RenderedAsync(release)) ? "renders nothing" : null);
            }
            catch (HelmException refusal)
            {
                gate.Fail(release, refusal.Message);
            }
        }

        gate.Close();
    }

    [Fact]
    public void Every_contract_is_released_somewhere()
    {
        var gate = new Gate("workloads", workbench.Checkout.Workloads());

        foreach (var workload in workbench.Checkout.Workloads())
        {
            gate.Record(workload, rules.Unreleased(workload));
        }

        gate.Close();
    }

    [Fact]
    public void Everything_between_documents_is_as_it_should_be() => Assert.Equal([], rules.Problems());

    [Fact]
    public void An_environment_is_called_as_its_folder() =>
        Assert.All(Environments, name => Assert.Null(rules.Misnamed(name)));

    [Fact]
    public void Every_document_names_its_schema_to_the_editor()
    {
        var documents = new[] { workbench.Checkout.PathTo("services"), workbench.Checkout.PathTo("terraform"), Path.Combine(workbench.Fixtures, "valid") }
            .SelectMany(folder => Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories))
            .Append(workbench.Checkout.PathTo(Waivers.File))
            .Select(file => (File: file, Schema: SchemaOf(file)))
            .Where(document => document.Schema is not null)
            .ToArray();
        var gate = new Gate("modelines", documents.Select(document => document.File));

        foreach (var (file, schema) in documents)
        {
            var path = workbench.Checkout.PathTo("schemas", $"{schema}.schema.json");
            var wanted = $"# yaml-language-server: $schema={Path.GetRelativePath(Path.GetDirectoryName(file)!, path)}";
            gate.Record(file, File.Exists(path) && File.ReadLines(file).First() == wanted ? null : $"its first line should be {wanted}");
        }

        gate.Close();

        static string? SchemaOf(string file) => (Path.GetFileName(file), Path.GetFileName(Path.GetDirectoryName(file))) switch
        {
            _ when file.Contains("/terraform/prices/", StringComparison.Ordinal) => "prices",
            ("workload.yaml", _) => "workload",
            (Waivers.File, _) => "waivers",
            ("env.yaml", _) => "environment",
            (_, "releases") => "release",
            _ => null,
        };
    }

    [Fact]
    public void A_table_of_another_workload_is_used_as_its_owner_grants_it()
    {
        var contracts = workbench.Checkout.Workloads().ToDictionary(name => name, rules.Contract);

        Assert.Equal([], rules.UngrantedUses(contracts));
    }

    [Theory]
    [InlineData("read", "read", null)]
    [InlineData("read", "write", null)]
    [InlineData("write", "read", "catalog/shop uses warehouse/tables/stock to write, which warehouse grants to read")]
    [InlineData("read", null, "catalog/shop uses warehouse/tables/stock to read, which warehouse grants to nothing of that name")]
    public void A_use_beyond_the_grant_is_noticed(string use, string? grant, string? complaint)
    {
        var catalog = ValueSet.Load(workbench.Checkout, "sample/catalog").Values["workload"]!;
        var warehouse = Yaml.LoadFile(Path.Combine(workbench.Fixtures, "valid", "services", "warehouse", "workload.yaml"))["workload"]!;
        Change.Set(catalog, "components/shop/uses/warehouse~1tables~1stock", use);
        Change.Set(warehouse, "resources/tables/stock/grants", grant is null ? new JsonObject() : new JsonObject { ["catalog"] = grant });

        var contracts = new Dictionary<string, JsonNode> { ["catalog"] = catalog, ["warehouse"] = warehouse };
        Assert.Equal(complaint is null ? [] : [complaint], rules.UngrantedUses(contracts));
    }

    [Fact]
    public void Names_of_tables_are_unique_in_an_environment()
    {
        var names = rules.NamesOf(contract => Tables(contract));

        Assert.NotEmpty(names);
        Assert.Equal([], ContractRules.Collisions(names));
    }

    [Fact]
    public async Task Names_of_components_and_stand_ins_are_unique_since_pods_here_and_images_anywhere_know_no_namespace()
    {
        var components = rules.NamesOf(contract => contract["components"]!.AsObject());
        Assert.NotEmpty(components);

        foreach (var env in Environments.Select(rules.Environment))
        {
            var standIns = (await StandInsAsync(env))
                .Where(item => (string?)item["kind"] == "Deployment")
                .Select(item => (Name: (string)item["metadata"]!["name"]!, Owner: $"a Deployment in {item["metadata"]!["namespace"]}"))
                .ToArray();

            Assert.True(standIns is not [] || (string?)env["kind"] != "local", $"{env["name"]} has no stand-ins to compare with.");
            Assert.Equal([], ContractRules.Collisions([.. components, .. standIns]));
        }
    }

    [Fact]
    public void Two_owners_of_one_name_are_noticed()
    {
        Assert.Equal(
            ["a-b-c is the name of a-b/c and a/b-c: rename one"],
            ContractRules.Collisions([("a-b-c", "a-b/c"), ("a-b-d", "a-b/d"), ("a-b-c", "a/b-c")]));
        Assert.Equal([], ContractRules.Collisions([("a-b-c", "a-b/c"), ("a-b-d", "a-b/d")]));
    }

    [Fact]
    public async Task Whatever_an_environment_of_kind_local_names_is_run_by_one_of_its_stand_ins()
    {
        foreach (var env in Environments.Select(rules.Environment).Where(env => (string?)env["kind"] == "local"))
        {
            var objects = await StandInsAsync(env);
            var backends = (env["backends"] as JsonObject ?? []).Select(backend => backend.Value!["standIn"]);
            JsonNode[] named = [.. backends.Append(env["telemetry"]!["metrics"]).Append(env["telemetry"]!["traces"]).OfType<JsonNode>()];
            var gate = new Gate("stand-ins named in env.yaml", named.Select(app => app.ToJsonString()));

            foreach (var app in named)
            {
                gate.Record(app.ToJsonString(), ProblemOf(app, objects));
            }

            gate.Close();
            Assert.Contains((string)env["edge"]!["from"]!["namespace"]!, env["standIns"]!.AsObject().Select(standIn => (string)standIn.Value!));
        }
    }

    /// <summary>A Service of that name and port, and pods with the label that the network policies go by.</summary>
    private static string? ProblemOf(JsonNode app, IReadOnlyList<JsonObject> objects)
    {
        JsonObject? Find(string kind, Func<JsonObject, bool> such) =>
            objects.SingleOrDefault(item =>
                (string?)item["kind"] == kind && (string?)item["metadata"]!["namespace"] == (string?)app["namespace"] && such(item));

        var service = Find("Service", item => (string?)item["metadata"]!["name"] == (string?)app["app"]);
        var pods = Find("Deployment", item => (string?)LabelsOf(item)["app.kubernetes.io/name"] == (string?)app["app"]);

        return service is null ? "no stand-in renders a Service of that name there"
            : pods is null ? "no stand-in renders pods with that label there"
            : service["spec"]!["ports"]!.AsArray().All(port => port!["port"]!.ToString() != app["port"]!.ToString()) ? "its Service has another port"
            : !Selects(service, pods) ? "its Service selects other pods"
            : null;

        static bool Selects(JsonObject service, JsonObject pods) =>
            service["spec"]!["selector"]!.AsObject().All(label => (string?)LabelsOf(pods)[label.Key] == (string?)label.Value);

        static JsonNode LabelsOf(JsonObject deployment) => deployment["spec"]!["template"]!["metadata"]!["labels"]!;
    }

    private async Task<IReadOnlyList<JsonObject>> StandInsAsync(JsonNode env)
    {
        var charts = (env["standIns"] as JsonObject ?? []).Select(standIn => workbench.Helm.TemplateAsync(
            new HelmRelease(
                standIn.Key,
                workbench.Checkout.PathTo("helm", "charts", standIn.Key),
                (string)standIn.Value!,
                Path.Combine(workbench.Fixtures, "valid", "charts", $"{standIn.Key}.yaml")),
            TestContext.Current.CancellationToken));

        return [.. (await Task.WhenAll(charts)).SelectMany(objects => objects)];
    }

    private static JsonObject Tables(JsonNode contract) => contract["resources"]?["tables"] as JsonObject ?? [];
}
