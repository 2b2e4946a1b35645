using Causeway.Harness.Checks;
using Causeway.Offline.NewKinds;

namespace Causeway.Offline.Checks;

/// <summary>What passed before passes again only as long as nothing that decides about it has changed.</summary>
public sealed class PassedBeforeTests(Workbench workbench)
{
    private const string Module = "terraform/modules/aws/kms-key/";
    private const string Example = $"{Module}examples/minimal";
    private const string Other = "terraform/modules/aws/budget/examples/minimal";
    private const string Tests = "services/_shared/tests/Shared.Tests.csproj";

    private static readonly string[] Places =
    [
        "global.json", "Directory.", ".editorconfig", "waivers.yaml", "build/tools.yaml", "schemas/", "services/", "src/", "terraform/",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_example_that_is_unchanged_is_not_run_again_and_one_with_a_changed_byte_is()
    {
        var copy = await KindTree.CopyAsync(
            workbench,
            Stop,
            file => Places.Any(place => file.StartsWith(place, StringComparison.Ordinal))
                && (!file.StartsWith("terraform/modules/", StringComparison.Ordinal) || file.StartsWith(Module, StringComparison.Ordinal)));

        var first = await RunAsync(copy);
        Assert.Empty(first.Unchanged);
        Assert.Empty(first.Failures);
        Assert.NotEmpty(first.Checked);

        var second = await RunAsync(copy);
        Assert.Equal(first.Checked, second.Checked);
        Assert.Equal(first.Checked, second.Unchanged);
        Assert.Contains(
            $"unchanged since it passed: Terraform modules: {first.Expected} of {first.Expected} checked (--fresh checks them again)",
            CheckTable.Lines([second], []));

        Assert.Empty((await RunAsync(copy, isFresh: true)).Unchanged);

        await File.AppendAllTextAsync(copy.PathTo(Example, "main.tf"), "output \"seeded\" {\n  value = module.nothing.here\n}\n", Stop);
        var broken = await RunAsync(copy);
        Assert.Equal([Example], broken.Failures.Select(failure => failure.Item));
        Assert.Equal(first.Checked.Except([Example]), broken.Unchanged);

        // What failed is not remembered.
        Assert.Equal([Example], (await RunAsync(copy)).Failures.Select(failure => failure.Item));
    }

    [Fact]
    public async Task A_byte_in_anything_that_decides_makes_another_key_and_one_in_anything_else_does_not()
    {
        var copy = await KindTree.CopyAsync(workbench, Stop, file => Places.Any(place => file.StartsWith(place, StringComparison.Ordinal)));
        string[] environments = [.. copy.Environments().Where(name => name is not "local")];
        var (one, another) = (environments[0], environments[1]);
        var own = (await copy.FilesAsync(Stop)).First(file => file.StartsWith($"terraform/envs/{one}/", StringComparison.Ordinal));
        string[] ofAll = ["global.json", "Directory.Packages.props"];
        string[] ofTerraform = ["build/tools.yaml", Source("src/Harness/Policies"), Source("src/Provider")];
        var cases = new Dictionary<string, string[]>
        {
            [one] =
            [
                .. ofAll, .. ofTerraform, own, "waivers.yaml", Source("terraform/modules/aws/kms-key"), Source("terraform/stacks/aws/foundation"),
                Source("schemas"), Source("services/*/workload.yaml"), Source("terraform/prices"),
            ],
            [another] = [],
            [Example] = [.. ofAll, .. ofTerraform, $"{Example}/main.tf", "terraform/modules/aws/kms-key/variables.tf"],
            [Other] = [],
            [Tests] = [.. ofAll, ".editorconfig", "services/Directory.Build.props", Tests, Source("services/_shared/ServiceDefaults")],
        };
        var gate = new Gate("files that decide", cases.SelectMany(pair => pair.Value.Select(file => $"{pair.Key}: {file}")).Append("files that do not"));
        var before = await KeysAsync(copy, [one, another]);

        foreach (var (name, files) in cases)
        {
            foreach (var file in files)
            {
                var bytes = await File.ReadAllBytesAsync(copy.PathTo(file), Stop);
                await File.WriteAllBytesAsync(copy.PathTo(file), [.. bytes, (byte)'\n'], Stop);
                var after = await KeysAsync(copy, [one, another]);
                await File.WriteAllBytesAsync(copy.PathTo(file), bytes, Stop);
                gate.Record($"{name}: {file}", after[name] == before[name] ? "a byte more in it makes no difference" : null);

                if (file == own)
                {
                    Assert.Equal(before[another], after[another]);
                }

                if (file == own || file == $"{Example}/main.tf")
                {
                    Assert.Equal((before[Other], before[Tests]), (after[Other], after[Tests]));
                }
            }
        }

        Assert.Equal(before, await KeysAsync(copy, [one, another]));
        gate.Pass("files that do not");
        gate.Close();

        string Source(string place) => place.Contains('*', StringComparison.Ordinal)
            ? place.Replace("*", copy.Workloads()[0], StringComparison.Ordinal)
            : Path.GetRelativePath(
                copy.Root,
                Directory.EnumerateFiles(copy.PathTo(place), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".md", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal).First());
    }

    private async Task<Dictionary<string, string>> KeysAsync(Harness.Repository copy, string[] environments)
    {
        var context = new CheckContext(copy, workbench.Tools);

        return (await VerdictKeys.OfPlansAsync(context, environments, Stop))
            .Concat(await VerdictKeys.OfExamplesAsync(context, [Example, Other], Stop))
            .Append(new(Tests, await VerdictKeys.OfTestsAsync(context, Tests)))
            .ToDictionary();
    }

    private async Task<GateReport> RunAsync(Harness.Repository copy, bool isFresh = false)
    {
        var gate = CheckRun.All.Single(gate => gate.Name is "Terraform modules");

        return Assert.Single(await new CheckRun(new CheckContext(copy, workbench.Tools, isFresh: isFresh), [gate]).RunAsync(_ => { }, Stop));
    }
}
