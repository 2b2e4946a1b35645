using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Causeway.ServiceDefaults;

/// <summary>
/// The port for what is internal: health, the OpenAPI document, administration. No edge routes to it. On the public port these addresses do not exist,
/// and on the management port the public ones do not.
/// </summary>
public static class Management
{
    /// <summary>A group without prefix whose endpoints answer on the management port only.</summary>
    public static RouteGroupBuilder MapManagement(this IEndpointRouteBuilder routes) => routes.MapGroup("").WithMetadata(new ManagementEndpoint());

    internal static void AddManagement(this WebApplicationBuilder builder) => builder.Services.AddSingleton<MatcherPolicy, ManagementPolicy>();

    internal static void ListenOnPorts(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value;
        var kestrel = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        kestrel.ListenAnyIP(options.Port);

        if (options.ManagementPort is { } port)
        {
            kestrel.ListenAnyIP(port, listen => listen.Use(next => connection =>
            {
                connection.Features.Set(new ManagementConnection());

                return next(connection);
            }));
        }
    }
}

/// <summary>Marks an endpoint of the management port.</summary>
internal sealed class ManagementEndpoint;

/// <summary>Marks a connection to the management port. The connection decides, because a request's Host header may say anything.</summary>
internal sealed class ManagementConnection;

/// <summary>Lets an endpoint match only requests that came to its port.</summary>
internal sealed class ManagementPolicy(IOptions<ServiceOptions> options) : MatcherPolicy, INodeBuilderPolicy
{
    /// <summary>Before the policy for methods, so that an address of the other port is 404 with every method.</summary>
    public override int Order => -2000;

    /// <summary>Without a management port, which the environment may not set yet, everything is served on the one port.</summary>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => options.Value.ManagementPort is not null;

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
        [.. endpoints.GroupBy(IsManagement).Select(side => new PolicyNodeEdge(side.Key, [.. side]))];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges)
    {
        int DestinationOf(bool isManagement) =>
            edges.Where(edge => isManagement.Equals(edge.State)).Select(edge => (int?)edge.Destination).FirstOrDefault() ?? exitDestination;

        return new Ports(management: DestinationOf(true), open: DestinationOf(false));
    }

    private static bool IsManagement(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ManagementEndpoint>() is not null;

    private sealed class Ports(int management, int open) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) =>
            httpContext.Features.Get<ManagementConnection>() is null ? open : management;
    }
}
