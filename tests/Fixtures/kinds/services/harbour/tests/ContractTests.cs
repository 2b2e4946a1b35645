namespace Harbour.Tests;

/// <summary>A workload comes with tests of its own; this one has nothing of its own to test but its name.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Tests_of_the_harbour_are_called_like_it() => Assert.StartsWith("Harbour", typeof(ContractTests).Assembly.GetName().Name);
}
