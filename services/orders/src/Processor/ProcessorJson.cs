using System.Text.Json.Serialization;

namespace Orders.Processor;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(IReadOnlyList<ShortLine>))]
[JsonSerializable(typeof(StockItem))]
[JsonSerializable(typeof(StockPage))]
[JsonSerializable(typeof(Adjustment))]
internal sealed partial class ProcessorJson : JsonSerializerContext;
