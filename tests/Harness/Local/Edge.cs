using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Computes from the rendered Ingresses what the edge must route, as values for the chart <c>edge-local</c>.</summary>
public static class Edge
{
    /// <param name="resolver">Address of the network's DNS server.</param>
    /// <exception cref="PlatformException">An Ingress names a Service that no chart renders, or one that selects no Deployment.</exception>
    public static JsonObject Values(IReadOnlyList<JsonObject> objects, string resolver)
    {
        var routes = objects.Where(o => (string?)o["kind"] == "Ingress").SelectMany(RoutesOf).ToArray();
        var backends = new JsonObject();

        foreach (var route in routes.DistinctBy(route => route.Backend))
        {
            backends[route.Backend] = Backend(objects, route);
        }

        // A request for localhost carries no workload's host name: its path alone decides, where only one workload has that path.
        var withoutHost = routes.GroupBy(route => route.Path).Where(same => same.Count() == 1).Select(same => same.Single() with { Host = null });

        return new JsonObject
        {
            ["resolver"] = resolver,
            ["backends"] = backends,
            ["routes"] = new JsonArray([.. routes.Concat(withoutHost).OrderByDescending(route => route.Path.Length).ThenBy(route => route.Path, StringComparer.Ordinal).Select(route => route.ToJson())]),
        };
    }

    private static IEnumerable<Route> RoutesOf(JsonObject ingress) =>
        from rule in ingress["spec"]!["rules"]!.AsArray()
        from path in rule!["http"]!["paths"]!.AsArray()
        let service = path!["backend"]!["service"]!
        select new Route((string)ingress["metadata"]!["namespace"]!, (string?)rule["host"], (string)path["path"]!, (string)service["name"]!, service["port"]!);

    private static JsonObject Backend(IReadOnlyList<JsonObject> objects, Route route)
    {
        JsonObject? Named(string kind, Func<JsonObject, bool> such) =>
            objects.FirstOrDefault(o => (string?)o["kind"] == kind && (string?)o["metadata"]!["namespace"] == route.Namespace && such(o));

        var service = Named("Service", o => (string)o["metadata"]!["name"]! == route.Service)
            ?? throw new PlatformException($"An Ingress routes {route.Path} to Service {route.Service}, which no chart renders.", "Correct the Ingress or render the Service.");
        var selector = service["spec"]!["selector"]!.AsObject();
        var deployment = Named("Deployment", o => selector.All(wanted => (string?)o["spec"]!["template"]!["metadata"]!["labels"]![wanted.Key] == (string?)wanted.Value))
            ?? throw new PlatformException($"Service {route.Service} selects no Deployment.", "Compare its selector with the labels of the pod template.");
        var scaler = Named("HorizontalPodAutoscaler", o => (string)o["spec"]!["scaleTargetRef"]!["name"]! == (string)deployment["metadata"]!["name"]!);
        var ports = service["spec"]!["ports"]!.AsArray();
        var port = ports.Single(port => (string?)port!["name"] == (string?)route.Port["name"] || (int?)port["port"] == (int?)route.Port["number"])!;

        return new JsonObject
        {
            ["host"] = $"{route.Service}.{route.Namespace}",
            ["port"] = (int)port["port"]!,
            ["ready"] = (string?)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["readinessProbe"]?["httpGet"]?["path"]
                ?? throw new PlatformException($"Deployment {deployment["metadata"]!["name"]} has no HTTP readiness probe.", "The edge asks it which pods may get requests: add one."),
            ["slots"] = (int?)scaler?["spec"]!["maxReplicas"] ?? (int?)deployment["spec"]!["replicas"] ?? 1,
        };
    }

    private sealed record Route(string Namespace, string? Host, string Path, string Service, JsonNode Port)
    {
        /// <summary>Name of the backend: the same Service name in two namespaces is two backends.</summary>
        public string Backend => $"{Namespace}.{Service}";

        public JsonNode ToJson() => Host is null
            ? new JsonObject { ["path"] = Path, ["backend"] = Backend }
            : new JsonObject { ["host"] = Host, ["path"] = Path, ["backend"] = Backend };
    }
}
