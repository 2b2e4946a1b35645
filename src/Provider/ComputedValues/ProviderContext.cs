namespace Causeway.Provider.ComputedValues;

/// <summary>Where a configured provider stands: the facts that the real one learns from credentials and configuration.</summary>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c> or <c>aws-us-gov</c>, as the region says.</param>
/// <param name="Account">Twelve digits.</param>
/// <param name="Folder">Terraform's working directory: what relative paths in a configuration refer to.</param>
internal sealed record ProviderContext(string Partition, string Region, string Account, IReadOnlyDictionary<string, string> DefaultTags, string Folder)
{
    /// <summary><c>amazonaws.com</c>, in China <c>amazonaws.com.cn</c>.</summary>
    public string DnsSuffix => Partition is "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
