using System.Text.Json.Nodes;
using Causeway.Harness;

namespace Causeway.Offline.Workload;

/// <summary>What the workload chart makes of whole value sets.</summary>
[Trait("gate", "repository")]
public sealed class RenderingTests(Workbench workbench)
{
    [Fact]
    public async Task Every_value_set_renders_as_approved()
    {
        var files = Directory.GetFiles(Path.Combine(workbench.Fixtures, "approved"), "*.yaml").Select(file => Path.GetFileName(file));
        var gate = new Gate("approved renderings", ValueSet.Names.Select(FileOf).Union(files));

        foreach (var name in ValueSet.Names)
        {
            gate.Record(FileOf(name), Approved.Compare(workbench, FileOf(name), await workbench.RenderedAsync(name)));
        }

        gate.Close();

        static string FileOf(string set) => set.Replace('/', '.') + ".yaml";
    }

    [Fact]
    public async Task A_component_has_a_replica_count_or_an_autoscaler_and_never_both()
    {
        foreach (var (set, objects) in await EverySetAsync())
        {
            foreach (var deployment in Of(objects, "Deployment"))
            {
                var scaler = Of(objects, "HorizontalPodAutoscaler")
                    .SingleOrDefault(item => (string?)item["spec"]!["scaleTargetRef"]!["name"] == Name(deployment));
                Assert.True((deployment["spec"]!["replicas"] is null) == (scaler is not null), $"{set} {Name(deployment)}");
            }
        }
    }

    [Fact]
    public async Task Every_image_runs_by_the_digest_that_the_release_pins()
    {
        foreach (var (name, objects) in await EverySetAsync())
        {
            var set = ValueSet.Load(workbench.Checkout, name);
            var registry = (string)set.Values["env"]!["registry"]!;
            var pins = set.Values["release"]!["pins"]!["images"]!.AsObject();

            Assert.Equal(
                pins.Select(pin => $"{registry}/{set.Workload}-{pin.Key}@{pin.Value}").Order(StringComparer.Ordinal),
                Containers(objects).Select(container => (string)container["image"]!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Selectors_hold_name_and_instance_and_stay_the_same_whatever_else_changes()
    {
        var before = ValueSet.Load(workbench.Checkout, "sample/catalog");
        var after = ValueSet.Load(workbench.Checkout, "local/orders"); // another environment altogether
        after.Values["workload"] = before.Values["workload"]!.DeepClone();
        Change.Set(after.Values, "release/pins", before.Values["release"]!["pins"]);
        Change.Set(after.Values, "workload/owner", "other-team");
        Change.Set(after.Values, "workload/components/shop/port", 7000);
        Change.Set(after.Values, "workload/components/shop/size", new JsonObject { ["cpu"] = "1m", ["memory"] = "1Mi" });

        var first = Selectors(await workbench.RenderAsync(before.Values, "catalog"));
        var second = Selectors(await workbench.RenderAsync(after.Values, "catalog"));

        Assert.Equal(12, first.Count); // Deployment, Service, disruption budget and policy of three components
        Assert.Equal(first, second);
        Assert.All(first, selector => Assert.Matches("^[a-zA-Z]+ catalog-([a-z-]+) app.kubernetes.io/name=\\1,app.kubernetes.io/instance=catalog$", selector));
    }

    [Fact]
    public async Task An_override_replaces_a_key_as_a_whole_and_leaves_the_others()
    {
        var catalog = await RenderAsync("sample/catalog");
        var shop = Of(catalog, "ConfigMap").Single(map => Name(map) == "catalog-shop")["data"]!.AsObject();

        Assert.Equal("100", (string?)shop["PAGE_SIZE"]);
        Assert.False(shop.ContainsKey("GREETING"), "settings is replaced as a whole, so a setting the override does not name is gone");
        Assert.Equal("8080", (string?)shop["PORT"]);

        var orders = await RenderAsync("sample/orders");

        Assert.Equal("4", Of(orders, "Deployment").Single(item => Name(item) == "orders-processor")["spec"]!["replicas"]?.ToString());
        Assert.Equal(["orders-gateway"], Of(orders, "HorizontalPodAutoscaler").Select(Name));
    }

    [Fact]
    public async Task A_changed_setting_rolls_the_pods_and_nothing_else_does()
    {
        var set = ValueSet.Load(workbench.Checkout, "sample/catalog");
        var before = Checksums(await workbench.RenderAsync(set.Values, "catalog"));
        Change.Set(set.Values, "release/overrides/components/shop/settings/PAGE_SIZE", "7");
        var after = Checksums(await workbench.RenderAsync(set.Values, "catalog"));

        Assert.Equal(3, before.Count);
        Assert.Equal(["catalog-shop"], before.Keys.Where(name => before[name] != after[name]));

        static Dictionary<string, string> Checksums(string rendered) =>
            Of(Workbench.Objects(rendered), "Deployment")
                .ToDictionary(Name, item => (string)item["spec"]!["template"]!["metadata"]!["annotations"]!["checksum/environment"]!);
    }

    [Fact]
    public async Task Environment_names_of_resources_and_calls_follow_the_contract()
    {
        var catalog = await RenderAsync("sample/catalog");
        var shop = Of(catalog, "ConfigMap").Single(map => Name(map) == "catalog-shop")["data"]!.AsObject();

        Assert.Equal("sample-catalog-products", (string?)shop["TABLES_PRODUCTS"]);
        Assert.Equal("sample-warehouse-stock", (string?)shop["TABLES_WAREHOUSE__STOCK"]);
        Assert.Equal("http://catalog-price-list:8082", (string?)shop["CALLS_PRICE_LIST_URL"]);
        Assert.Equal("http://catalog-search:9000", (string?)shop["CALLS_SEARCH_URL"]);
        Assert.Equal("http://otel-collector.monitoring:4318/v1/traces", (string?)shop["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]);
        Assert.Equal("15000", (string?)shop["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal([], shop.Where(pair => pair.Key is "AWS_ACCESS_KEY_ID" or "AWS_SECRET_ACCESS_KEY" or "AWS_ENDPOINT_URL_DYNAMODB"));

        var orders = await RenderAsync("local/orders");
        var gateway = Of(orders, "ConfigMap").Single(map => Name(map) == "orders-gateway")["data"]!.AsObject();

        Assert.Equal("http://dynamodb-local.stand-ins:8000", (string?)gateway["AWS_ENDPOINT_URL_DYNAMODB"]);
        Assert.False(gateway.ContainsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), "local has no receiver of traces");
    }

    private async Task<IReadOnlyList<(string Set, IReadOnlyList<JsonObject> Objects)>> EverySetAsync()
    {
        var rendered = await Task.WhenAll(ValueSet.Names.Select(RenderAsync));
        Assert.All(rendered, objects => Assert.NotEmpty(Of(objects, "Deployment")));

        return [.. ValueSet.Names.Zip(rendered)];
    }

    private async Task<IReadOnlyList<JsonObject>> RenderAsync(string name) => Workbench.Objects(await workbench.RenderedAsync(name));

    private static IReadOnlyList<string> Selectors(string rendered) =>
        [.. from item in Workbench.Objects(rendered)
            let spec = item["spec"]
            let selector = (spec?["selector"]?["matchLabels"] ?? spec?["selector"] ?? spec?["podSelector"]?["matchLabels"]) as JsonObject
            where selector is not null
            select $"{item["kind"]} {Name(item)} {string.Join(',', selector.Select(pair => $"{pair.Key}={pair.Value}"))}"];

    private static IEnumerable<JsonObject> Of(IEnumerable<JsonObject> objects, string kind) => objects.Where(item => (string?)item["kind"] == kind);

    private static IEnumerable<JsonNode> Containers(IEnumerable<JsonObject> objects) =>
        Of(objects, "Deployment").SelectMany(deployment => deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray()).OfType<JsonNode>();

    private static string Name(JsonObject item) => (string)item["metadata"]!["name"]!;
}
