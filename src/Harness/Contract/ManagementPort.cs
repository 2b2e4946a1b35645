namespace Causeway.Harness.Contract;

/// <summary>Where health, metrics and the OpenAPI document of every component answer: part of the contract, the same for all.</summary>
public static class ManagementPort
{
    public const int Number = 8081;
}
