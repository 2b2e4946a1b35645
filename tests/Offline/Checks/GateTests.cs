using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Checks;
using Causeway.Offline.NewKinds;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Checks;

/// <summary>Every gate of <c>causeway check</c> finds its seeded fault: <c>tests/Fixtures/invalid/checks</c>, a file for each.</summary>
public sealed class GateTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Gates() => [.. CheckRun.All.Select(gate => gate.GetType().Name)];

    [Fact]
    public void Every_gate_has_a_seeded_fault_and_every_fault_a_gate() => Assert.Equal(
        CheckRun.All.Select(gate => gate.GetType().Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder(workbench)).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Gates))]
    public async Task A_gate_finds_what_is_wrong_and_says_where(string name)
    {
        var gate = CheckRun.All.Single(gate => gate.GetType().Name == name);
        var fault = Yaml.LoadFile(Path.Combine(Folder(workbench), $"{name}.yaml"));
        string[] only = [.. (fault["only"] as JsonArray ?? []).Select(place => (string)place!)];
        var copy = await KindTree.CopyAsync(workbench, Stop, file => only is [] || only.Any(place => IsAt(file, place)));
        TakeBuilt(copy, only);
        fault["changes"]!.AsArray().ToList().ForEach(change => Change(copy, change!.AsObject()));

        // Alone: what it follows was built in this repository.
        var reports = await new CheckRun(new CheckContext(copy, workbench.Tools, workbench.Checkout.Root), [gate]).RunAsync(_ => { }, Stop);

        var report = Assert.Single(reports);
        var (item, says) = ((string)fault["item"]!, (string)fault["says"]!);
        Assert.True(
            report.Failures.Any(found => found.Item.EndsWith(item, StringComparison.Ordinal) && found.Problem.Contains(says, StringComparison.Ordinal)),
            $"{item} should be said to be “{says}”; said is:\n{string.Join('\n', CheckTable.Lines(reports, []))}");
    }

    /// <summary>The table has no gate that is green and looked at nothing.</summary>
    [Theory, MemberData(nameof(Gates))]
    public async Task A_gate_with_nothing_to_look_at_has_failed(string name)
    {
        var gate = CheckRun.All.Single(gate => gate.GetType().Name == name);
        var empty = await KindTree.CopyAsync(workbench, Stop, file => file is "global.json");

        string[] folders =
        [
            "services", "tests", "src", "terraform/envs", "terraform/stacks", "terraform/modules", "argocd", "schemas", "helm/charts", "monitoring",
        ];

        foreach (var folder in folders)
        {
            Directory.CreateDirectory(empty.PathTo(folder));
        }

        var report = Assert.Single(await new CheckRun(new CheckContext(empty, workbench.Tools), [gate]).RunAsync(_ => { }, Stop));

        Assert.NotEmpty(report.Failures);
    }

    private static string Folder(Workbench workbench) => Path.Combine(workbench.Fixtures, "invalid", "checks");

    private static bool IsAt(string file, string place) => place.EndsWith('/') ? file.StartsWith(place, StringComparison.Ordinal) : file == place;

    // What was built is not part of a copy: programs of tests are this repository's, and look at the copy.
    private void TakeBuilt(Harness.Repository copy, string[] only)
    {
        const string Suites = "artifacts/suites/";

        if (only.Contains(Suites))
        {
            StackTree.Copy(workbench.Checkout.PathTo(Suites), copy.PathTo(Suites));
        }
    }

    private static void Change(Harness.Repository copy, JsonObject change)
    {
        var file = copy.PathTo((string)change["file"]!);

        if ((bool?)change["delete"] is true)
        {
            File.Delete(file);

            return;
        }

        var text = (string)change["by"]!;

        if ((string?)change["replace"] is { } old)
        {
            var before = File.ReadAllText(file);
            Assert.Contains(old, before, StringComparison.Ordinal);
            text = before.Replace(old, text, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
