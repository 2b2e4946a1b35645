using Causeway.Harness;

namespace Causeway.Integration.Orders;

/// <summary>The operator command <c>./causeway orders stock</c>, run as a user runs it.</summary>
public sealed class StockCommand(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_and_changes_stock()
    {
        Task<CommandResult> StockAsync(params string[] arguments) =>
            CommandLine.Of(running.Repository.PathTo("causeway"), ["orders", "stock", .. arguments, "--instance", running.Platform.Instance.Name])
                .In(running.Repository.Root)
                .TryRunAsync(Stop);

        var added = await StockAsync("CLI", "--add", "12", "--id", "one");
        var again = await StockAsync("CLI", "--add", "12", "--id", "one");
        var all = await StockAsync();
        var below = await StockAsync("CLI", "--add", "-13");
        var unknown = await StockAsync("NOWHERE");
        var noNumber = await StockAsync("CLI", "--add", "many");
        var alone = await StockAsync("--add", "1");

        Assert.Matches(@"CLI\s+12", added.Output);
        Assert.Matches(@"CLI\s+12", again.Output);
        Assert.Matches(@"CLI\s+12", all.Output);
        Assert.Contains("WIDGET", all.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (below.ExitCode, unknown.ExitCode));
        Assert.Equal((2, 1), (noNumber.ExitCode, alone.ExitCode));
        Assert.Contains("--add needs sku", alone.Error, StringComparison.Ordinal);
        Assert.Contains("to do:", below.Error, StringComparison.Ordinal);
    }
}
