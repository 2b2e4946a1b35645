using Causeway.Harness;

namespace Causeway.Offline.Monitoring.Preview;

/// <summary>What `./causeway dashboards` cannot do is said with a way out.</summary>
public sealed class DashboardsVerbTests(Workbench workbench)
{
    [Theory]
    [InlineData(1, "Nothing called prometheus answers on this machine: the instance is down.", "Run `./causeway up` first", "--instance", "nonesuch")]
    [InlineData(2, "--range is for pictures alone.", "add --screenshot <folder>", "--range", "15m")]
    [InlineData(2, "--screenshot README.md is a file.", "Name a folder", "--screenshot", "README.md")]
    [InlineData(2, "Argument '2d' not recognized.", "'5m'", "--range", "2d")]
    public async Task It_is_refused(int exitCode, string problem, string remedy, params string[] arguments)
    {
        var program = workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll");
        var said = await CommandLine.Of("dotnet", [program, "dashboards", .. arguments])
            .In(workbench.Checkout.Root).With("CAUSEWAY_ROOT", workbench.Checkout.Root).TryRunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, said.ExitCode);
        Assert.Contains(problem, said.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, said.Error + said.Output, StringComparison.Ordinal);
    }
}
