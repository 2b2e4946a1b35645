using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Causeway.ServiceDefaults;

/// <summary>How many entries a list has, for the description. .NET's own MinLength and MaxLength keep code from being trimmed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntriesAttribute(int min, int max) : Attribute
{
    public int Min => min;

    public int Max => max;
}

/// <summary>What the public endpoints of every service have in common, and how a feature describes what its handlers check by themselves.</summary>
public static class Api
{
    /// <summary>
    /// A group for one feature's endpoints. What answers GET answers HEAD as well. It has no prefix: joined with an empty template it would be reported
    /// with a slash at the end.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string tag)
    {
        var group = routes.MapGroup("").WithTags(tag).Problems(400, 500, 503);
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: ["GET"] })
            {
                endpoint.Metadata.Add(new HttpMethodMetadata(["GET", "HEAD"]));
            }
        });

        return group;
    }

    /// <summary>
    /// Says in the description what a parameter must be. Handlers take parameters as text and check them, so that a wrong one is answered by its name.
    /// </summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string parameter, bool isRequired, Action<OpenApiSchema> describe) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var described = operation.Parameters?.OfType<OpenApiParameter>().SingleOrDefault(found => found.Name == parameter)
                ?? throw new InvalidOperationException($"{operation.Summary}: there is no parameter {parameter} to describe.");
            var schema = new OpenApiSchema();
            describe(schema);
            described.Required = isRequired;
            described.Schema = schema;

            return Task.CompletedTask;
        });

    /// <summary>The query's `limit`, as <see cref="PageSize"/> reads it.</summary>
    public static RouteHandlerBuilder DescribeLimit(this RouteHandlerBuilder endpoint, int otherwise, int max) =>
        endpoint.Describe("limit", isRequired: false, schema =>
        {
            schema.Type = JsonSchemaType.Integer;
            schema.Minimum = "1";
            schema.Maximum = $"{max}";
            schema.Default = otherwise;
        });

    /// <summary>An identifier, as <see cref="Ids"/> accepts it.</summary>
    public static RouteHandlerBuilder DescribeId(this RouteHandlerBuilder endpoint, string parameter, bool isRequired = true) =>
        endpoint.Describe(parameter, isRequired, schema =>
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = Ids.Pattern;
        });
}
