using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Harness.Helm;

namespace Causeway.Offline.Workload;

/// <summary>What our charts refuse though the schemas let it pass: every <c>fail</c> of their templates has a fixture, every fixture a <c>fail</c>.</summary>
public sealed partial class RefusalTests(Workbench workbench)
{
    [Theory]
    [InlineData("workload", "helm/charts/workload")]
    [InlineData("monitoring", "monitoring")]
    public async Task Every_refusal_has_a_fixture_and_says_place_value_and_remedy(string name, string chart)
    {
        var refusals = Refusals(chart).ToArray();
        var fixtures = Directory.GetFiles(Path.Combine(workbench.Fixtures, "invalid", name), "*.yaml");
        var byRefusal = new Gate($"refusals of the chart {name}", refusals.Select(refusal => refusal.Words));
        var byFixture = new Gate("fixtures of refusals", fixtures.Select(file => Path.GetFileNameWithoutExtension(file)));

        await Parallel.ForEachAsync(fixtures, TestContext.Current.CancellationToken, async (file, _) =>
        {
            var fixture = Yaml.LoadFile(file);
            var expected = (string)fixture["error"]!;
            var said = await MessageAsync(fixture, chart);
            byFixture.Record(Path.GetFileNameWithoutExtension(file), said.Contains(expected) ? null : $"expected “{expected}”, Helm said “{said}”");

            foreach (var refusal in refusals.Where(refusal => refusal.Pattern.IsMatch(said)))
            {
                byRefusal.Pass(refusal.Words);
            }
        });

        byFixture.Close();
        byRefusal.Close();
    }

    [Theory]
    [InlineData("helm/charts/workload")]
    [InlineData("monitoring")]
    public void No_refusal_is_written_in_a_way_this_test_does_not_see(string chart) =>
        Assert.Equal(Templates(chart).Sum(text => AnyFail().Count(text)), Refusals(chart).Count());

    private async Task<string> MessageAsync(JsonObject fixture, string chart)
    {
        var set = ValueSet.Load(workbench.Checkout, (string?)fixture["in"] ?? "sample/catalog");

        if (chart is "monitoring")
        {
            set.Values["slo"] = Yaml.LoadFile(Path.Combine(workbench.Fixtures, "valid", "services", set.Workload, "slo.yaml"))["slo"]!.DeepClone();
        }

        foreach (var (path, value) in fixture["change"]?.AsObject() ?? [])
        {
            Change.Set(set.Values, path, value);
        }

        foreach (var path in fixture["remove"]?.AsArray() ?? [])
        {
            Change.Remove(set.Values, (string)path!);
        }

        try
        {
            await workbench.RenderAsync(
                set.Values, (string?)fixture["release"] ?? set.Workload, (string?)fixture["namespace"], workbench.Checkout.PathTo(chart));

            return "nothing: it rendered";
        }
        catch (HelmException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>The <c>fail</c>s of the templates, each with a pattern that its messages match and others do not.</summary>
    private IEnumerable<(string Words, Regex Pattern)> Refusals(string chart) =>
        from template in Templates(chart)
        from Match call in FailCall().Matches(template)
        let words = call.Groups["words"].Value.Replace("\\\"", "\"")
        select (words, new Regex(Regex.Replace(Regex.Escape(words), "%[vsq]", ".+") + "$", RegexOptions.Multiline));

    private IEnumerable<string> Templates(string chart) =>
        Directory.GetFiles(workbench.Checkout.PathTo(chart, "templates"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"\{\{-?\s*fail\b|\|\s*fail\b|\brequired\s")]
    private static partial Regex AnyFail();

    [GeneratedRegex("""\bfail \(?(printf )?"(?<words>([^"\\]|\\.)*)["]""")]
    private static partial Regex FailCall();
}
