using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Integration.Local;

/// <summary>The stand-ins are what build/tools.yaml wants.</summary>
public sealed class Versions(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stand_ins_have_at_least_the_versions_wanted()
    {
        using var http = new HttpClient();
        var addresses = running.Platform.Addresses;
        var found = new Dictionary<string, string?>
        {
            ["prometheus"] = (string?)JsonNode.Parse(
                await http.GetStringAsync(new Uri(addresses.Prometheus, "/api/v1/status/buildinfo"), Stop))!["data"]!["version"],
            ["alertmanager"] = (string?)JsonNode.Parse(
                await http.GetStringAsync(new Uri(addresses.Of("alertmanager"), "/api/v2/status"), Stop))!["versionInfo"]!["version"],
        };
        var wanted = ToolManifest.Load(running.Repository).Images;

        Assert.NotEmpty(wanted);
        Assert.Equal(wanted.Keys.Order(), found.Keys.Order());
        Assert.All(wanted, tool => Assert.True(
            ToolManifest.Version(found[tool.Key]!.Split('+', '-', '~')[0]) >= tool.Value, $"{tool.Key} is {found[tool.Key]}, wanted {tool.Value}"));
    }
}
