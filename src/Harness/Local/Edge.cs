using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Computes from the rendered Ingresses what the edge must route, as values for the chart <c>edge-local</c>.</summary>
public static class Edge
{
    /// <summary>
    /// Hosts and paths of the Ingresses. A null host serves requests for localhost, whose path alone decides: only paths of one workload have one.
    /// </summary>
    public static IReadOnlyList<(string? Host, string Path)> Routes(RenderedObjects objects) => [.. All(objects).Select(route => (route.Host, route.Path))];

    /// <param name="resolver">Address of the network's DNS server.</param>
    /// <exception cref="PlatformException">An Ingress names a Service that no chart renders, or one that selects no pods.</exception>
    public static JsonObject Values(RenderedObjects objects, string resolver)
    {
        var routes = All(objects);
        var backends = new JsonObject();

        foreach (var route in routes.DistinctBy(route => route.Backend))
        {
            backends[route.Backend] = Backend(objects, route);
        }

        return new JsonObject
        {
            ["resolver"] = resolver,
            ["backends"] = backends,
            ["routes"] = new JsonArray([.. routes.Select(route => route.ToJson())]),
        };
    }

    private static Route[] All(RenderedObjects objects)
    {
        var routes = objects.Of("Ingress").SelectMany(RoutesOf).ToArray();
        var withoutHost = routes.GroupBy(route => route.Path).Where(same => same.Count() == 1).Select(same => same.Single() with { Host = null });

        return [.. routes.Concat(withoutHost).OrderByDescending(route => route.Path.Length).ThenBy(route => route.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<Route> RoutesOf(JsonObject ingress) =>
        from rule in ingress["spec"]!["rules"]!.AsArray()
        from path in rule!["http"]!["paths"]!.AsArray()
        let service = path!["backend"]!["service"]!
        select new Route(RenderedObjects.NamespaceOf(ingress), (string?)rule["host"], (string)path["path"]!, (string)service["name"]!, service["port"]!);

    private static JsonObject Backend(RenderedObjects objects, Route route)
    {
        var service = objects.Find("Service", route.Namespace, route.Service)
            ?? throw new PlatformException(
                $"An Ingress routes {route.Path} to Service {route.Service}, which no chart renders.", "Correct the Ingress or render the Service.");
        var served = objects.Selected(service["spec"]!["selector"]!.AsObject(), route.Namespace).FirstOrDefault()
            ?? throw new PlatformException($"Service {route.Service} selects no pods.", "Compare its selector with the labels of the pod template.");
        var template = served["spec"]!["template"]!;
        var ports = service["spec"]!["ports"]!.AsArray();
        var port = ports.Single(port => (string?)port!["name"] == (string?)route.Port["name"] || (int?)port["port"] == (int?)route.Port["number"])!;
        var probe = template["spec"]!["containers"]![0]!["readinessProbe"]?["httpGet"]
            ?? throw new PlatformException(
                $"{RenderedObjects.KindOf(served)} {RenderedObjects.NameOf(served)} has no HTTP readiness probe.",
                "The edge asks it which pods may get requests: add one.");

        return new JsonObject
        {
            ["host"] = $"{route.Service}.{route.Namespace}",
            ["port"] = (int)port["port"]!,
            ["check"] = new JsonObject { ["port"] = RenderedObjects.PortOf(template, probe["port"]!), ["path"] = (string)probe["path"]! },
            ["slots"] = (int?)objects.ScalerOf(served)?["spec"]!["maxReplicas"] ?? (int?)served["spec"]!["replicas"] ?? 1,
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
