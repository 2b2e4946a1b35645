using Causeway.Chaos;
using Causeway.Chaos.Defects;
using Causeway.Chaos.Experiments;
using Causeway.Chaos.Reports;
using Causeway.Harness;
using Causeway.Harness.Contract;
using Causeway.Harness.Local;
using Causeway.Load.Verification;
using Microsoft.CodeAnalysis.CSharp;

namespace Causeway.Offline.Chaos;

/// <summary>Defects of test builds: each can be made, is caught by something that there is, and is in no source that production is built from.</summary>
public sealed class DefectTests(Workbench workbench)
{
    private static readonly Defect Twice = new(
        "bakery", "twice", "A loaf is sold twice.", "till", "services/bakery/src/Till/Sale.cs", "Sell(1)", "Sell(2)", "double-click", "duplicate", null);

    private const string Source = "class Sale { void Of() { Sell(1); } }";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Harness.Repository Checkout => workbench.Checkout;

    private IEnumerable<string> Sources => Directory.EnumerateFiles(Checkout.PathTo("services"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Checkout.Root, file).Split('/').Contains("tests"));

    [Fact, Trait("gate", "repository")]
    public void Every_defect_can_be_made_and_is_in_no_source()
    {
        var defects = Defect.All(Checkout);
        var gate = new Gate("defects", defects.Select(Key));
        string[] production = [.. Sources.Select(File.ReadAllText)];

        foreach (var defect in defects)
        {
            gate.Record(Key(defect), Problem(defect, File.ReadAllText(Checkout.PathTo(defect.File)), production));
        }

        gate.Close();
    }

    [Fact]
    public void A_workload_with_defects_has_a_dozen()
    {
        var counts = Defect.All(Checkout).CountBy(defect => defect.Workload).ToDictionary();

        Assert.NotEmpty(counts);
        Assert.All(counts, workload => Assert.True(workload.Value >= 12, $"{workload.Key} has {workload.Value}"));
    }

    [Fact]
    public void Images_of_components_are_made_of_folders_without_defects()
    {
        var components = Defect.All(Checkout).Select(defect => (defect.Workload, defect.Component)).Distinct().ToArray();
        var gate = new Gate("components", components.Select(component => $"{component.Workload}-{component.Component}"));

        foreach (var (workload, component) in components)
        {
            var folders = ComponentProject.Find(Checkout, workload, component, "service")!.Folders();
            var found = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)).ToArray();
            gate.Record($"{workload}-{component}", found is [] ? null : $"has {string.Join(", ", found)}");
        }

        gate.Close();
    }

    /// <summary>A switch would be in production, too.</summary>
    [Fact]
    public void No_source_of_a_service_is_compiled_in_part()
    {
        var gate = new Gate("sources", Sources);

        foreach (var source in Sources)
        {
            gate.Record(source, Conditional(File.ReadAllText(source)));
        }

        gate.Close();
        Assert.NotNull(Conditional("class A\n{\n#if DEFECT\n#endif\n}"));
    }

    [Fact]
    public async Task Every_defect_names_a_fault_and_a_check_that_there_are()
    {
        var list = await ChaosAsync("defects", "list");
        var defects = Defect.All(Checkout);
        var gate = new Gate("checks of defects", defects.Select(Key));

        Assert.Equal((0, ""), (list.ExitCode, list.Error));

        foreach (var defect in defects)
        {
            var isListed = list.Output.Contains($"    caught by {defect.Experiment}: {defect.Check}", StringComparison.Ordinal);
            gate.Record(Key(defect), !isListed ? "is not listed" : IsCheck(defect) ? null : $"there is no check {defect.Check}");
        }

        gate.Close();
        Assert.False(IsCheck(Defect.All(Checkout)[0] with { Check = "good luck" }));
    }

    public static TheoryData<string> Faults => [.. Broken.Keys];

    private static readonly Dictionary<string, Func<string?>> Broken = new()
    {
        ["its `find` occurs 0 times"] = () => Problem(Twice with { Find = "Sell(3)" }, Source, [Source]),
        ["its `find` occurs 2 times"] = () => Problem(Twice, Source + Source, [Source]),
        ["cannot be parsed with it"] = () => Problem(Twice with { Replace = "Sell(2" }, Source, [Source]),
        ["changes nothing"] = () => Problem(Twice with { Replace = Twice.Find }, Source, []),
        ["is in a source"] = () => Problem(Twice, Source, [Source, "class Other { void Of() { Sell(2); } }"]),
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_defect_that_cannot_be_made_is_refused(string problem) => Assert.Contains(problem, Broken[problem](), StringComparison.Ordinal);

    [Fact]
    public void A_defect_of_another_workloads_source_is_refused()
    {
        var document = Yaml.LoadFile(Path.Combine(workbench.Fixtures, "invalid", "documents", "defect.yaml"))["valid"]!.AsObject();
        var schema = DocumentSchema.Load(Checkout.Root, "defect");

        Assert.Equal("twice", Defect.Read(document, "bakery", "twice", schema).Replace);
        var refusal = Assert.Throws<PlatformException>(() => Defect.Read(document, "garage", "twice", schema));
        Assert.StartsWith(
            "services/garage/chaos/defects/twice.yaml: services/bakery/src/Till/Sale.cs is not a source of garage.", refusal.Message, StringComparison.Ordinal);
        document["defect"]!.AsObject().Remove("find");
        Assert.Contains(
            "twice.yaml: defect.find is missing",
            Assert.Throws<PlatformException>(() => Defect.Read(document, "bakery", "twice", schema)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DefectVerdict.Caught, 0, "duplicate: expected 0, found 3")]
    [InlineData(DefectVerdict.Missed, 1, "duplicate: expected 0, found 0")]
    public void The_named_check_alone_catches(DefectVerdict verdict, int exitCode, string found)
    {
        var duplicate = verdict is DefectVerdict.Caught ? 3 : 0;
        // Something else fails in both.
        var report = Report with { Verification = new(new HistoryCheck(500, 499, 1, duplicate, 0, 0, 0, 0, []), []) };
        var result = new DefectResult(Twice, report, null, TimeSpan.Zero);

        Assert.Equal((verdict, found), (result.Verdict, result.Found));
        Assert.Contains("lost: expected 0 of 500 acknowledged, found 1", result.Others);
        Assert.Equal(exitCode, new DefectReport(1, 1, [result], TimeSpan.Zero).ExitCode);
    }

    [Fact]
    public void What_breaks_off_or_is_not_steady_or_not_built_catches_nothing()
    {
        DefectResult[] results =
        [
            new(Twice, Report with { BrokeOff = "timed out" }, null, TimeSpan.Zero),
            new(Twice, Report with { NotSteady = "requests fail" }, null, TimeSpan.Zero),
            new(Twice, null, "does not compile", TimeSpan.Zero),
            new(Twice with { Check = "misspelt" }, Report, null, TimeSpan.Zero),
        ];

        Assert.All(results, result => Assert.Equal(DefectVerdict.Invalid, result.Verdict));
        Assert.All(results, result => Assert.Equal(1, new DefectReport(1, 1, [result], TimeSpan.Zero).ExitCode));
        Assert.Equal("does not compile", results[2].Found);
    }

    [Fact]
    public void A_report_counts_what_was_expected_checked_and_skipped()
    {
        var caught = new DefectResult(Twice, Report with { Verification = new(new HistoryCheck(5, 5, 0, 1, 0, 0, 0, 0, []), []) }, null, TimeSpan.Zero);
        var report = new DefectReport(1, 2, [caught], TimeSpan.Zero);

        Assert.Equal("defects: 2 expected, 1 checked, 1 skipped; 1 caught, 0 missed, 0 invalid", report.Summary);
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(1, new DefectReport(1, 0, [], TimeSpan.Zero).ExitCode);
        Assert.Contains("| bakery | twice | A loaf is sold twice. | double-click | duplicate |", report.ToPage().ToMarkdown(), StringComparison.Ordinal);
        Assert.Equal("caught", (string)System.Text.Json.Nodes.JsonNode.Parse(report.ToJson())!["defects"]![0]!["verdict"]!);
    }

    [Theory]
    [InlineData("There is no defect nowhere.", "defects", "nowhere")]
    [InlineData("`twice` stands after partition.", "partition", "twice")]
    [InlineData("--repeat takes a number from 1 to 100.", "--short", "--repeat", "0")]
    public async Task A_wrong_line_ends_with_2_and_says_why(string reason, params string[] arguments)
    {
        var run = await ChaosAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static ExperimentReport Report { get; } = new()
    {
        Workload = "bakery",
        Experiment = new Nowhere.Silent(),
        Options = new ChaosOptions(1, OnlyRequests: true),
        Started = DateTimeOffset.UnixEpoch,
        During = (1000, 0),
        Recovery = TimeSpan.Zero,
        Acknowledged = 500,
        Verification = new(new HistoryCheck(500, 500, 0, 0, 0, 0, 0, 0, []), []),
    };

    private static string Key(Defect defect) => $"{defect.Workload} {defect.Name}";

    /// <param name="production">Every source that an image is built from.</param>
    private static string? Problem(Defect defect, string source, IEnumerable<string> production)
    {
        try
        {
            var changed = defect.Applied(source);
            var errors = CSharpSyntaxTree.ParseText(changed, cancellationToken: Stop).GetDiagnostics(Stop).Select(error => error.ToString()).ToArray();

            return changed == source ? "changes nothing"
                : errors is [var first, ..] ? $"cannot be parsed with it: {first}"
                : production.Any(text => text.Contains(defect.Replace, StringComparison.Ordinal)) ? "is in a source"
                : null;
        }
        catch (PlatformException refusal)
        {
            return refusal.Message;
        }
    }

    private static string? Conditional(string source) =>
        source.Split('\n').Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)) ? "has an #if" : null;

    // Those of every experiment, those of its alerts and panels, and those that its workload's requests verify.
    private bool IsCheck(Defect defect)
    {
        string[] places = [Checkout.PathTo("tests", "Chaos"), Checkout.PathTo("tests", "Load")];

        return Report.Checks.Any(check => check.What == defect.Check)
            || places.SelectMany(place => Directory.EnumerateFiles(place, "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
                .Any(file => File.ReadAllText(file) is var text
                    && (text.Contains($"\"{defect.Check}\"", StringComparison.Ordinal)
                        || (defect.Check.StartsWith("alert ", StringComparison.Ordinal)
                            && text.Contains($"Name => \"{defect.Experiment}\"", StringComparison.Ordinal)
                            && text.Contains($"\"{defect.Check["alert ".Length..]}\"", StringComparison.Ordinal))));
    }

    private Task<CommandResult> ChaosAsync(params string[] arguments) => CommandLine
        .Of("dotnet", [Checkout.PathTo("artifacts", "bin", "Chaos", "debug", "Chaos.dll"), "chaos", .. arguments])
        .In(Checkout.Root).With("CAUSEWAY_ROOT", Checkout.Root).TryRunAsync(Stop);
}
