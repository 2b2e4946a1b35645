using System.Text.Json.Serialization;

namespace Orders.Gateway;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(ProcessorClient.Reservation))]
[JsonSerializable(typeof(ProcessorClient.Refusal))]
internal sealed partial class GatewayJson : JsonSerializerContext;
