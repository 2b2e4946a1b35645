namespace Causeway.Harness.Local.Resources;

/// <summary>Where a cloud service's stand-in answers.</summary>
/// <param name="Host">Address or name.</param>
/// <param name="Region">The environment's region, which some protocols sign.</param>
public sealed record StandIn(string Host, int Port, string Region);
