using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Causeway.ServiceDefaults;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(string))]
internal sealed partial class DefaultsJson : JsonSerializerContext;
