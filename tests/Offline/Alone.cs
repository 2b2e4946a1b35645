namespace Causeway.Offline;

/// <summary>Tests that measure, and so run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
