using System.Text.RegularExpressions;
using Causeway.Harness;

namespace Causeway.Integration;

/// <summary>What the README tells people to type works.</summary>
public sealed partial class Readme(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_shown_to_be_typed_succeeds()
    {
        var text = await File.ReadAllTextAsync(running.Repository.PathTo("README.md"), Stop);
        string[] fences = [.. Fence().Matches(text).Select(fence => fence.Groups[1].Value)];

        Assert.NotEmpty(fences);

        foreach (var fence in fences)
        {
            var here = fence.Replace("localhost:8080", $"localhost:{running.Platform.Addresses.Edge.Port}", StringComparison.Ordinal);
            var run = await CommandLine.Of("bash", "-euxo", "pipefail", "-c", here).In(running.Repository.Root).TryRunAsync(Stop);

            Assert.True(run.ExitCode == 0, run.Tail());
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
