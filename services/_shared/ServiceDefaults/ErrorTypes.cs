using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Causeway.ServiceDefaults;

/// <summary>
/// Adds `error.type` to the metrics of answers from 500 on, as the semantic conventions ask for. ASP.NET Core does so only for exceptions that it logs itself.
/// </summary>
internal static class ErrorTypes
{
    private const string Name = "error.type";

    public static void UseErrorTypes(this WebApplication app) => app.Use(async (http, next) =>
    {
        await next(http);

        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError
            && http.Features.Get<IHttpMetricsTagsFeature>()?.Tags is { } tags && tags.All(tag => tag.Key != Name))
        {
            tags.Add(new(Name, TypeOf(http)));
        }
    });

    /// <summary>The exception's class; the status where the service decided on it by itself.</summary>
    private static string TypeOf(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        null or ProblemException => http.Response.StatusCode.ToString(),
        var fault => fault.GetType().FullName ?? fault.GetType().Name,
    };
}
