using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Causeway.ServiceDefaults;

/// <summary>
/// Reads bodies that are exactly what the type says. The serializer alone stops at the first fault and speaks of .NET types, so the
/// document is compared with the type's description first, which finds all faults and names their fields.
/// </summary>
public static class StrictJson
{
    private const int MaxFaults = 20;

    /// <summary>No body can be nested deeper, so that reading it never ends for that: comparing it with its type says what is wrong and where.</summary>
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = Service.MaxBodyBytes };

    /// <exception cref="ProblemException">400: not what <typeparamref name="T"/> says. 415: not JSON in UTF-8.</exception>
    /// <exception cref="BadHttpRequestException">413: too large. 408: too slow.</exception>
    public static async Task<T> ReadAsync<T>(this HttpRequest request, CancellationToken stop)
    {
        RequireJson(request);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        var options = request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

        return Parse(body.GetBuffer().AsMemory(0, (int)body.Length), (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }

    /// <exception cref="ProblemException">400: not what <typeparamref name="T"/> says.</exception>
    internal static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        if (body.IsEmpty)
        {
            throw Problem.Invalid("body", "is required");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw Problem.Invalid("body", "must be UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(body, Reading);
            var shape = new Shape(type.Options);
            shape.Compare(document.RootElement, type, "");

            return shape.Faults.Count == 0
                ? document.RootElement.Deserialize(type)!
                : throw Problem.Invalid(shape.Faults);
        }
        catch (JsonException fault)
        {
            throw Problem.Invalid("body", $"is not valid JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        }
    }

    private static void RequireJson(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding)
                .All(coding => coding.Equals("identity", StringComparison.OrdinalIgnoreCase));

        if (!isJson)
        {
            throw new ProblemException(Problem.UnsupportedMediaType());
        }
    }

    private sealed class Shape(JsonSerializerOptions options)
    {
        public Dictionary<string, string[]> Faults { get; } = [];

        public void Compare(JsonElement value, JsonTypeInfo type, string path)
        {
            if (Nullable.GetUnderlyingType(type.Type) is { } underlying)
            {
                Compare(value, options.GetTypeInfo(underlying), path);
            }
            else if (FaultOf(value, type) is { } fault)
            {
                Fault(path, fault);
            }
            else if (type.Kind == JsonTypeInfoKind.Object)
            {
                CompareObject(value, type, path);
            }
            else if (type.Kind == JsonTypeInfoKind.Dictionary)
            {
                CompareMap(value, options.GetTypeInfo(type.ElementType!), path);
            }
            else if (type.Kind == JsonTypeInfoKind.Enumerable)
            {
                CompareList(value, options.GetTypeInfo(type.ElementType!), path);
            }
        }

        private void CompareObject(JsonElement value, JsonTypeInfo type, string path)
        {
            var seen = new HashSet<string>();

            foreach (var member in value.EnumerateObject())
            {
                var name = NameOf(member);
                var field = Below(path, name);
                var property = type.Properties.FirstOrDefault(property => property.Name == name);

                if (!seen.Add(name))
                {
                    Fault(field, "is given twice");
                }
                else if (property is null)
                {
                    Fault(field, "is not a known field");
                }
                else if (member.Value.ValueKind != JsonValueKind.Null || !property.IsSetNullable)
                {
                    Compare(member.Value, options.GetTypeInfo(property.PropertyType), field);
                }
            }

            foreach (var missing in type.Properties.Where(property => IsRequired(property) && !seen.Contains(property.Name)))
            {
                Fault(Below(path, missing.Name), "is required");
            }
        }

        private void CompareMap(JsonElement value, JsonTypeInfo element, string path)
        {
            var seen = new HashSet<string>();

            foreach (var member in value.EnumerateObject())
            {
                var name = NameOf(member);

                if (!seen.Add(name))
                {
                    Fault(Below(path, name), "is given twice");
                }

                Compare(member.Value, element, Below(path, name));
            }
        }

        private void CompareList(JsonElement value, JsonTypeInfo element, string path)
        {
            var index = 0;

            foreach (var item in value.EnumerateArray())
            {
                Compare(item, element, $"{path}[{index++}]");
            }
        }

        private void Fault(string path, string what)
        {
            if (Faults.Count < MaxFaults)
            {
                Faults.TryAdd(path.Length == 0 ? "body" : path, [what]);
            }
        }

        private static bool IsRequired(JsonPropertyInfo property) =>
            property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

        private static string? FaultOf(JsonElement value, JsonTypeInfo type) => type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => value.ValueKind == JsonValueKind.Object ? null : "must be an object",
            JsonTypeInfoKind.Enumerable => value.ValueKind == JsonValueKind.Array ? null : "must be a list",
            _ => Scalars.Fault(value, type),
        };

        /// <summary>A name without characters is shown by its quotes: without them the path would be that of the object around it.</summary>
        private static string Below(string path, string name) =>
            (path, name) switch
            {
                ("", "") => "\"\"",
                ("", _) => name,
                (_, "") => $"{path}.\"\"",
                _ => $"{path}.{name}",
            };

        private static string NameOf(JsonProperty member)
        {
            try
            {
                return member.Name.Length <= 64 ? member.Name : string.Concat(member.Name.AsSpan(0, 64), "…");
            }
            catch (InvalidOperationException)
            {
                return "\uFFFD";
            }
        }
    }
}
