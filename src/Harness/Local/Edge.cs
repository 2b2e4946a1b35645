using System.Text.Json.Nodes;

namespace Causeway.Harness.Local;

/// <summary>Computes from the rendered Ingresses what the edge must route, as values for the chart <c>edge-local</c>.</summary>
public static class Edge
{
    /// <summary>
    /// Hosts and paths of the Ingresses. A null host serves requests for localhost, whose path alone decides: only paths of one workload have one.
    /// </summary>
    public static IReadOnlyList<(string? Host, string Path)> Routes(RenderedObjects objects) => [.. All(objects).Select(route => (route.Host, route.Path))];

    /// <summary>On this machine: a Service's name leads to its pods, and the edge itself asks which of them are ready.</summary>
    /// <param name="resolver">Address of the network's DNS server.</param>
    /// <exception cref="PlatformException">An Ingress names a Service that no chart renders, or one that selects no pods.</exception>
    public static JsonObject Values(RenderedObjects objects, string resolver)
    {
        var values = Values(objects, route => Backend(objects, route));
        values["resolver"] = resolver;

        return values;
    }

    /// <summary>In a cluster: a Service has one address, behind which the cluster itself sends requests to ready pods.</summary>
    /// <param name="addressOf">IPv4 address of a Service, by namespace and name.</param>
    /// <inheritdoc cref="Values(RenderedObjects, string)" path="/exception"/>
    public static JsonObject Values(RenderedObjects objects, Func<string, string, string> addressOf) => Values(objects, route => new JsonObject
    {
        ["host"] = addressOf(route.Namespace, route.Service),
        ["port"] = (int)PortOf(ServiceOf(objects, route), route)["port"]!,
    });

    /// <summary>The Services that the Ingresses point at.</summary>
    public static IReadOnlyList<(string Namespace, string Service)> Services(RenderedObjects objects) =>
        [.. All(objects).Select(route => (route.Namespace, route.Service)).Distinct()];

    private static JsonObject Values(RenderedObjects objects, Func<Route, JsonObject> backendOf)
    {
        var routes = All(objects);

        return new JsonObject
        {
            ["backends"] = new JsonObject(
                routes.DistinctBy(route => route.Backend).Select(route => KeyValuePair.Create(route.Backend, (JsonNode?)backendOf(route)))),
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
        var service = ServiceOf(objects, route);
        var served = objects.Selected(service["spec"]!["selector"]!.AsObject(), route.Namespace).FirstOrDefault()
            ?? throw new PlatformException($"Service {route.Service} selects no pods.", "Compare its selector with the labels of the pod template.");
        var template = served["spec"]!["template"]!;
        var port = PortOf(service, route);
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

    private static JsonObject ServiceOf(RenderedObjects objects, Route route) => objects.Find("Service", route.Namespace, route.Service)
        ?? throw new PlatformException(
            $"An Ingress routes {route.Path} to Service {route.Service}, which no chart renders.", "Correct the Ingress or render the Service.");

    private static JsonNode PortOf(JsonObject service, Route route) => service["spec"]!["ports"]!.AsArray()
        .Single(port => (string?)port!["name"] == (string?)route.Port["name"] || (int?)port["port"] == (int?)route.Port["number"])!;

    private sealed record Route(string Namespace, string? Host, string Path, string Service, JsonNode Port)
    {
        /// <summary>Name of the backend: the same Service name in two namespaces is two backends.</summary>
        public string Backend => $"{Namespace}.{Service}";

        public JsonNode ToJson() => Host is null
            ? new JsonObject { ["path"] = Path, ["backend"] = Backend }
            : new JsonObject { ["host"] = Host, ["path"] = Path, ["backend"] = Backend };
    }
}
