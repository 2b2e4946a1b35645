using System.Xml.Linq;
using Causeway.Harness.Checks;
using Causeway.Harness.Reports;

namespace Causeway.Offline.Reports;

/// <summary>The page is well-formed, needs no network, and every link of it leads to something.</summary>
public sealed class SummaryPageTests(Workbench workbench)
{
    [Fact]
    public async Task A_page_with_every_kind_of_result_is_well_formed_and_no_link_leads_nowhere()
    {
        var results = await EverythingAsync("page");
        var folder = Directory.CreateDirectory(Path.Combine(results.Folder, "report")).FullName;

        var text = new SummaryPage(results.Collect(), folder).ToHtml();
        var page = XDocument.Parse(text);

        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        var links = page.Descendants("a").Select(link => (string)link.Attribute("href")!).ToArray();
        var gate = new Gate("links of the report", links.Distinct());

        foreach (var link in links.Distinct())
        {
            var isThere = link.StartsWith('#') ? ids.Contains(link[1..]) : File.Exists(Path.Combine(folder, Uri.UnescapeDataString(link)));
            gate.Record(link, isThere ? null : "leads nowhere");
        }

        gate.Close();
        Assert.Contains("../load/shop/with%20space/report.html", links);
        Assert.Equal(ids, ids.Distinct());
        Assert.DoesNotContain("http", text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img");
        Assert.All(page.Descendants("table"), table => Assert.Equal("caption", table.Elements().First().Name.LocalName));
    }

    [Fact]
    public async Task The_first_table_has_a_line_for_each_source()
    {
        var results = await EverythingAsync("lines");
        var report = results.Collect();

        var page = XDocument.Parse(new SummaryPage(report, results.Folder).ToHtml());
        var rows = page.Descendants("table").First().Element("tbody")!.Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())
            .ToDictionary(row => row[0]);

        Assert.Equal(report.Sources.Select(source => source.Source.Name), rows.Keys);
        Assert.Equal(["check", "failed", "2026-03-04 02:06 UTC\n3 hours ago", "this commit", "4", "3", "1", "1", "on this page"], rows["check"]);
        Assert.Equal(
            ["load", "passed", "2026-03-02 05:06 UTC\n1 day ago", "STALE: another commit", "4", "4", "0", "0", "shop/steady, shop/with space"], rows["load"]);
        Assert.Equal(["plan", "not run", "./causeway plan", "–", "–", "–", "–", "–", "–"], rows["plan"]);
        Assert.Equal(
            "4 of 6 sources have not passed at this commit", page.Descendants("h1").Single().Elements().Single().Value);
    }

    [Fact]
    public void What_results_say_is_text_and_never_markup()
    {
        var results = new Results(workbench, "markup");
        results.Check(new("<b>", "<script>alert(1)</script>\n\u001b[31mred & wrong"));

        var page = XDocument.Parse(new SummaryPage(results.Collect(), results.Folder).ToHtml());

        Assert.Empty(page.Descendants("script"));
        Assert.Equal("<script>alert(1)</script>\n[31mred & wrong", Assert.Single(page.Descendants("pre")).Value);
    }

    [Fact]
    public void A_new_kind_of_result_is_found_by_its_class()
    {
        var found = Assert.Single(SummaryReport.SourcesOf(typeof(SummaryPageTests).Assembly));
        var results = new Results(workbench, "new-kind");

        var page = XDocument.Parse(new SummaryPage(results.Collect([.. SummaryReport.SourcesOf(), found]), results.Folder).ToHtml());

        Assert.Equal("weather: passed", page.Descendants("section").Last().Element("h2")!.Value);
    }

    [Fact]
    public void Every_class_beside_the_sources_is_found()
    {
        var files = Directory.EnumerateFiles(workbench.Checkout.PathTo("src", "Harness", "Reports", "Sources"), "*.cs")
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(files.Order(), SummaryReport.SourcesOf().Select(source => source.GetType().Name).Order());
    }

    private async Task<Results> EverythingAsync(string test)
    {
        var results = new Results(workbench, test);
        results.Check(new ItemProblem("b", "wrong"));
        await results.LoadAsync("steady", 50);
        await results.LoadAsync("with space", 50, new string('1', 40));
        results.Chaos("all", "packet-loss");
        results.Tests("one", """<testcase name="A.Passes" />""");

        return results;
    }

    private sealed class Weather : IResultSource
    {
        public string Name => "weather";

        public string Command => "./causeway weather";

        public bool IsRequired => true;

        public IReadOnlyList<RunResult> Read(string artifacts) =>
            [new("today", RunVerdict.Passed, Results.Now, Results.Commit, new(1, 1, 0, 0))];
    }
}
