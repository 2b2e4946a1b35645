namespace Causeway.Harness.Local.Traffic;

/// <summary>
/// What a request to a service of the cloud needs to be allowed. A service is one class in this folder, found by <see cref="Name"/>.
/// </summary>
public interface ICloudService
{
    /// <summary>The service's name in the signature of its requests. Example: <c>dynamodb</c>.</summary>
    string Name { get; }

    /// <summary>Each action on each resource, the latter as its ARN goes on after the account. Example: <c>dynamodb:GetItem</c>, <c>table/stock</c>.</summary>
    /// <exception cref="NotSupportedException">The operation is not known here, or the request has not its form.</exception>
    IEnumerable<(string Action, string Resource)> Needs(SentRequest request);
}
