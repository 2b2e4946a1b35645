using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Causeway.ServiceDefaults;

/// <summary>Adds to the server's spans what ASP.NET Core 10 leaves out and 11 will not: name, route and status. Probes are not recorded.</summary>
internal static class Spans
{
    public static void UseSpans(this WebApplication app) => app.Use(async (http, next) =>
    {
        // Taken now, because the exception handler forgets the endpoint.
        var endpoint = http.GetEndpoint() as RouteEndpoint;
        var span = http.Features.Get<IHttpActivityFeature>()?.Activity;

        if (span is not null && endpoint?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        await next(http);

        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        span.SetTag("http.response.status_code", http.Response.StatusCode);

        if (endpoint?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{http.Request.Method} {route}";
            span.SetTag("http.route", route);
        }

        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    });
}
