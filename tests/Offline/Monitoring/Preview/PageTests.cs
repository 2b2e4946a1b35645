using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring.Preview;

/// <summary>What the preview's page computes, run by Node.js from the same files.</summary>
public sealed class PageTests(Workbench workbench)
{
    [Fact]
    public async Task Units_are_those_that_the_rules_allow() =>
        Assert.Equal(string.Join(' ', DashboardRules.Units), await PrintAsync("unitNames", "units", "unitNames.join(' ')"));

    [Theory]
    [InlineData("short", "1234", "1.23 K")]
    [InlineData("short", "0.1 + 0.2", "0.3")]
    [InlineData("percentunit", "0.999", "99.9 %")]
    [InlineData("reqps", "25.62", "25.6 req/s")]
    [InlineData("s", "0.0412", "41.2 ms")]
    [InlineData("s", "90", "1.5 min")]
    [InlineData("ms", "0.25", "250 µs")]
    [InlineData("bytes", "268435456", "256 MiB")]
    [InlineData("Bps", "0", "0 B/s")]
    [InlineData("s", "Infinity", "∞")]
    [InlineData("s", "NaN", "–")]
    public async Task Values_are_written_with_their_unit(string unit, string value, string written) =>
        Assert.Equal(written, await PrintAsync("formatOf", "units", $"formatOf('{unit}')({value})"));

    [Theory]
    [InlineData("up{job=~\"$job\"}[${__rate_interval}]", "up{job=~\"shop\"}[60s]")]
    [InlineData("up{job=~\"$jobs\"}", "up{job=~\"$jobs\"}")]
    public async Task What_is_chosen_is_put_into_a_query_and_an_unknown_name_stays(string query, string filled) =>
        Assert.Equal(filled, await PrintAsync("fill", "variables", $"fill('{query}', {{ job: 'shop', __rate_interval: '60s' }})"));

    // In quotes of PromQL a backslash is written twice.
    [Theory]
    [InlineData("a.b|c", @"a\\.b\\|c")]
    [InlineData("plain-name", "plain-name")]
    public async Task A_value_that_is_chosen_finds_itself_alone(string value, string literal) =>
        Assert.Equal(literal, await PrintAsync("literal", "variables", $"literal('{value}')"));

    [Theory]
    [InlineData("{{service}} → {{ server }}", "shop → store")]
    [InlineData("{{service}}{{missing}}", "shop")]
    [InlineData("{{missing}}", "Value")]
    public async Task A_series_is_called_as_the_legend_says(string legend, string name) =>
        Assert.Equal(name, await PrintAsync("legend", "variables", $"legend('{legend}', {{ service: 'shop', server: 'store' }})"));

    private async Task<string> PrintAsync(string function, string module, string expression)
    {
        var file = workbench.Checkout.PathTo("src", "Harness", "Monitoring", "Preview", "page", $"{module}.mjs");
        var script = $"import {{ {function} }} from '{file}'; console.log({expression});";

        return (await CommandLine.Of("node", "--input-type=module", "--eval", script).RunAsync(TestContext.Current.CancellationToken)).Output.Trim();
    }
}
