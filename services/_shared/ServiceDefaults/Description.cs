using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Causeway.ServiceDefaults;

/// <summary>The OpenAPI document.</summary>
internal static class Description
{
    public static void AddDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(description =>
    {
        description.AddSchemaTransformer((schema, context, _) =>
        {
            // Problems carry more than RFC 9457 names: `errors`, `traceId` and what their type adds.
            schema.AdditionalPropertiesAllowed |= context.JsonTypeInfo.Type == typeof(ProblemDetails);

            if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(EntriesAttribute), inherit: false) is [EntriesAttribute entries])
            {
                schema.MinItems = entries.Min;
                schema.MaxItems = entries.Max;
            }

            return Task.CompletedTask;
        });
        description.AddOperationTransformer(DescribeRetryAfter);
        description.AddDocumentTransformer((document, _, _) =>
        {
            // It would name the port that it was asked for on, which serves none of what it describes.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    private static Task DescribeRetryAfter(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (status is "409" or "503" && answer is OpenApiResponse response)
            {
                response.Headers ??= new Dictionary<string, IOpenApiHeader>();
                response.Headers["Retry-After"] = new OpenApiHeader
                {
                    Description = $"Seconds to wait before another try{(status == "503" ? "" : "; absent where it would fail again")}.",
                    Required = status == "503",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
                };
            }
        }

        return Task.CompletedTask;
    }
}
