using Causeway.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Causeway.DynamoDb;

/// <summary>Where DynamoDB is. The names are those of the SDK, which reads the region itself.</summary>
internal sealed class DynamoDbOptions
{
    [ConfigurationKeyName("AWS_REGION")]
    public string Region { get; set; } = "";

    /// <summary>Empty: the region's own.</summary>
    [ConfigurationKeyName("AWS_ENDPOINT_URL_DYNAMODB")]
    public string Endpoint { get; set; } = "";
}

internal sealed class DynamoDbOptionsValidator : IValidateOptions<DynamoDbOptions>
{
    public ValidateOptionsResult Validate(string? name, DynamoDbOptions options) =>
        Settings.Check((options.Region.Length > 0, "AWS_REGION must name a region."));
}
