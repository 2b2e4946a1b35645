using Causeway.Harness;
using Causeway.Harness.Monitoring;

namespace Causeway.Offline.Monitoring;

/// <summary>Rules for a run in which time goes faster: their durations are divided, and nothing else of them changes.</summary>
public sealed class RuleTimeTests(Workbench workbench)
{
    private static readonly RuleTime Faster = new(20, TimeSpan.FromSeconds(6));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rate(a_total[5m])", "rate(a_total[15000ms])")]
    [InlineData("rate(a_total[1m])", "rate(a_total[6000ms])")] // never shorter than some samples
    [InlineData("max_over_time(rate(a[5m])[1h:1m])", "max_over_time(rate(a[15000ms])[180000ms:3000ms])")]
    [InlineData("max_over_time(a[1h30m:])", "max_over_time(a[270000ms:])")]
    [InlineData("a < a offset 5m / 2", "a < a offset 15000ms / 2")]
    [InlineData("a offset -1d", "a offset -4320000ms")]
    [InlineData("slo:error_ratio:rate1h > 0.014", "slo:error_ratio:rate1h > 0.014")]
    [InlineData("a{b=\"[5m] offset 5m\"}[5m]", "a{b=\"[5m] offset 5m\"}[15000ms]")]
    [InlineData("a{b=~'x\\'[5m]'} or c`[5m]`", "a{b=~'x\\'[5m]'} or c`[5m]`")]
    [InlineData("a # rate[5m]\n[5m]", "a # rate[5m]\n[15000ms]")]
    [InlineData("{__name__=~\"a|b\"} @ 5", "{__name__=~\"a|b\"} @ 5")]
    public void Durations_of_a_query_are_divided(string query, string faster) => Assert.Equal(faster, Faster.Expression(query));

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1h30m", 5400)]
    [InlineData("1w", 604800)]
    public void A_duration_is_read_as_Prometheus_reads_it(string text, double seconds) => Assert.Equal(seconds, RuleTime.Span(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 m")]
    public void What_is_not_a_duration_is_an_error(string text) => Assert.Throws<FormatException>(() => RuleTime.Span(text));

    [Fact]
    public void How_long_a_rule_waits_is_divided_and_the_original_stays()
    {
        var files = Yaml.Load(
            "a: { groups: [{ name: g, interval: 1m, rules: [{ alert: A, expr: 'up[5m]', for: 2m, keep_firing_for: 1h, labels: { window: 1h } }] }] }")
            .Single().AsObject();
        var before = files.ToJsonString();

        var group = Faster.Of(files)["a"]!["groups"]![0]!;
        var rule = group["rules"]![0]!;

        Assert.Equal("3000ms", (string)group["interval"]!);
        Assert.Equal(("up[15000ms]", "6000ms", "180000ms", "1h"),
            ((string)rule["expr"]!, (string)rule["for"]!, (string)rule["keep_firing_for"]!, (string)rule["labels"]!["window"]!));
        Assert.Equal(before, files.ToJsonString());
    }

    [Fact]
    public async Task Every_rule_that_is_rendered_is_one_in_this_time_too()
    {
        var promtool = new Promtool(workbench.Tools);
        var gate = new Gate("rules in a faster time", (await RenderedRules.AllAsync(workbench, Stop)).Keys);

        foreach (var (place, files) in await RenderedRules.AllAsync(workbench, Stop))
        {
            string? problem = null;

            foreach (var (_, content) in Faster.Of(files))
            {
                var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.json");
                await File.WriteAllTextAsync(file, content!.ToJsonString(), Stop);
                problem ??= await promtool.CheckAsync(file, Stop);
            }

            gate.Record(place, problem);
        }

        gate.Close();
    }
}
