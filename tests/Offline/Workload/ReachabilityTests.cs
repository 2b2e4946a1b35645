using System.Text.Json.Nodes;
using Causeway.Harness.Kubernetes;

namespace Causeway.Offline.Workload;

/// <summary>Who can reach whom, computed from the rendered policies, is exactly what the contracts say.</summary>
[Trait("gate", "repository")]
public sealed class ReachabilityTests(Workbench workbench)
{
    /// <summary>Every environment that the workload chart renders a release of.</summary>
    public static TheoryData<string> Environments => [.. ValueSet.Names.Select(name => name.Split('/')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Exactly_calls_uses_and_routes_are_open(string environment)
    {
        var (cluster, objects) = await RenderAsync(environment);
        var (allowed, open) = (cluster.Allowed(), cluster.Open(objects));
        TestContext.Current.TestOutputHelper?.WriteLine($"connections in {environment}: {allowed.Count} expected, {open.Count} open");

        Assert.NotEmpty(allowed);
        Assert.Equal([], open.Except(allowed).Select(reach => $"open, and no contract asks for it: {reach}"));
        Assert.Equal([], allowed.Except(open).Select(reach => $"closed, and a contract asks for it: {reach}"));
        Assert.Equal([], cluster.OpenAtEachEnd(objects).Except(cluster.AllowedAtEachEnd()).Select(end => $"let {end.Way} for nothing: {end.Reach}"));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Any_policy_that_is_missing_or_too_wide_is_noticed(string environment)
    {
        var (cluster, objects) = await RenderAsync(environment);
        var defects = Defects(objects).ToArray();
        var allowed = cluster.AllowedAtEachEnd();
        var gate = new Gate("seeded defects in network policies", defects.Select(defect => defect.Name));

        foreach (var (name, defective) in defects)
        {
            gate.Record(name, cluster.OpenAtEachEnd(defective).SetEquals(allowed) ? "changes nothing that the test sees" : null);
        }

        gate.Close();
    }

    private async Task<(Cluster Cluster, IReadOnlyList<JsonObject> Objects)> RenderAsync(string environment)
    {
        string[] names = [.. ValueSet.Names.Where(name => name.StartsWith($"{environment}/", StringComparison.Ordinal))];
        var texts = await Task.WhenAll(names.Select(workbench.RenderedAsync));
        var cluster = new Cluster([.. names.Select(name => ValueSet.Load(workbench.Checkout, name))], Path.Combine(workbench.Fixtures, "reach"));

        return (cluster, [.. texts.SelectMany(Workbench.Objects)]);
    }

    /// <summary>The objects with one policy, rule or peer taken away or widened, in every way there is.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<JsonObject> Objects)> Defects(IReadOnlyList<JsonObject> objects)
    {
        JsonObject[] policies = [.. objects.Where(item => (string?)item["kind"] == "NetworkPolicy")];

        foreach (var (index, policy) in policies.Index())
        {
            var name = $"{policy["metadata"]!["namespace"]}/{policy["metadata"]!["name"]}";

            (string, IReadOnlyList<JsonObject>) With(string defect, Action<JsonObject> change)
            {
                var changed = policy.DeepClone().AsObject();
                change(changed);

                return ($"{name} {defect}", [.. policies[..index], changed, .. policies[(index + 1)..]]);
            }

            yield return ($"{name} is missing", [.. policies[..index], .. policies[(index + 1)..]]);
            yield return With("lets everything in", changed => changed["spec"]!["ingress"] = new JsonArray(new JsonObject()));
            yield return With("lets anything out", changed => changed["spec"]!["egress"] = new JsonArray(new JsonObject()));
            yield return With("selects nothing", changed => changed["spec"]!["podSelector"] = JsonNode.Parse("""{ "matchLabels": { "no": "body" } }"""));

            foreach (var (direction, end) in new[] { ("ingress", "from"), ("egress", "to") })
            {
                foreach (var (at, rule) in (policy["spec"]![direction] as JsonArray ?? []).Index())
                {
                    yield return With($"lacks {direction}/{at}", changed => changed["spec"]![direction]!.AsArray().RemoveAt(at));
                    yield return With($"has every port in {direction}/{at}", changed => changed["spec"]![direction]![at]!.AsObject().Remove("ports"));
                    yield return With($"has every peer in {direction}/{at}", changed => changed["spec"]![direction]![at]!.AsObject().Remove(end));

                    foreach (var (peer, selectors) in rule![end]!.AsArray().Index())
                    {
                        foreach (var (selector, _) in selectors!.AsObject())
                        {
                            JsonNode anything = selector == "ipBlock" ? new JsonObject { ["cidr"] = "0.0.0.0/0" } : new JsonObject();
                            yield return With(
                                $"widens {selector} of {direction}/{at}/{end}/{peer}",
                                changed => changed["spec"]![direction]![at]![end]![peer]![selector] = anything);
                        }
                    }
                }
            }
        }
    }
}
