using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Harness.Terraform.Providers;
using Causeway.Harness.Tools;
using Causeway.Offline.Terraform.Modules;

namespace Causeway.Offline.NewKinds;

/// <summary>A kind is added by adding files: tried in a copy of this repository, with every gate over workloads, environments and kinds.</summary>
public sealed partial class AddedKindTests(Workbench workbench)
{
    private const string Gates = "artifacts/bin/Offline/debug/Offline.dll";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kinds_a_workload_and_an_environment_are_added_without_a_change_to_an_existing_file()
    {
        await new ProviderProgram(workbench.Checkout).EnsureAsync(Stop);
        var copy = await KindTree.CopyAsync(workbench, Stop);
        KindTree.AddTo(copy, workbench);

        await BuildAsync(copy);
        var command = copy.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll");
        var generated = Generated().Matches(await RunAsync(copy, "dotnet", command, "generate")).Select(match => match.Groups["file"].Value).ToHashSet();
        Assert.NotEmpty(generated);

        // The one text that a person approves: new renderings are taken as they are here, and a changed one shows as a changed file below.
        var gates = await RunAsync(copy, "dotnet", Gates, "-noColor", "-noLogo", "-trait", "gate=repository");
        Assert.Matches("Total: [1-9][0-9]*, Errors: 0, Failed: 0, Skipped: 0", gates);

        foreach (var module in RepositoryModules.All(copy).Except(RepositoryModules.All(workbench.Checkout)))
        {
            Assert.Matches("[1-9][0-9]* passed, 0 failed", await RunAsync(copy, "dotnet", command, "tf", $"-chdir={copy.PathTo(module)}", "test", "-no-color"));
        }

        var plan = await RunAsync(copy, "dotnet", command, "plan", KindTree.Environment);
        Assert.Contains($"{KindTree.Environment}/workload-{KindTree.Workload}: ", plan, StringComparison.Ordinal);
        Assert.Contains("module.journal[\"arrivals\"].aws_cloudwatch_log_group.this", plan, StringComparison.Ordinal);
        Assert.Contains("aws_iam_role_policy.journals[\"berth\"]", plan, StringComparison.Ordinal);

        var status = (await KindTree.GitAsync(copy, Stop, "status", "--porcelain", "--untracked-files=all")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] changed = [.. status.Where(line => !line.StartsWith("??", StringComparison.Ordinal)).Select(line => line[3..])];
        string[] added = [.. status.Where(line => line.StartsWith("??", StringComparison.Ordinal)).Select(line => line[3..])];
        Print(copy);
        TestContext.Current.TestOutputHelper?.WriteLine($"\n{added.Length} files added; changed, all generated: {string.Join(", ", changed)}");

        Assert.Contains("schemas/workload.schema.json", changed);
        Assert.Equal([], changed.Except(generated).Select(file => $"{file} existed and is changed, and no generator wrote it"));
        Assert.Equal(
            [],
            added.Except(KindTree.Added(workbench)).Except(generated).Where(file => !file.StartsWith("tests/Fixtures/approved/", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_guides_table_names_exactly_the_files_that_kinds_add()
    {
        var table = Path.Combine(workbench.Checkout.Root, "docs", "add-a-kind.md");
        var patterns = Row().Matches(File.ReadAllText(table)).Select(match => match.Groups["file"].Value).ToArray();
        string[] owners = [$"services/{KindTree.Workload}/", $"terraform/envs/{KindTree.Environment}/", $"argocd/clusters/{KindTree.Environment}."];
        string[] added = [.. KindTree.Added(workbench).Where(file => !owners.Any(owner => file.StartsWith(owner, StringComparison.Ordinal)))];
        string[] kinds = [.. KindTree.Kinds.Values];

        string Expression(string pattern, string kind) =>
            Regex.Escape(KindRenderer.Expand(pattern, kind)).Replace("<entity>/", "[a-z-]+/.+", StringComparison.Ordinal);
        bool Names(string pattern, string file) => kinds.Any(kind => Regex.IsMatch(file, $"^{Expression(pattern, kind)}$"));

        Assert.Equal([], KindRenderer.All.Select(renderer => renderer.Pattern).Except(patterns).Select(pattern => $"the table lacks {pattern}"));
        Assert.Equal([], added.Where(file => !patterns.Any(pattern => Names(pattern, file))).Select(file => $"added, and not in the table: {file}"));
        Assert.Equal([], patterns.Where(pattern => !added.Any(file => Names(pattern, file))).Select(pattern => $"in the table, and not added: {pattern}"));
    }

    // Kinds add code to the harness alone, so the command is built again, and the gates are these ones with the new harness beside them. Without
    // analyzers: this is about what finds the added files.
    private async Task BuildAsync(Harness.Repository copy)
    {
        var code = KindTree.Added(workbench).Where(file => file.EndsWith(".cs", StringComparison.Ordinal));
        Assert.All(code, file => Assert.Matches($"^(src/Harness|services/{KindTree.Workload})/", file));

        await using (var compiler = new CompilerServer(copy))
        {
            await RunAsync(copy, "dotnet", ["build", "build/Build.csproj", "--verbosity", "quiet", "--nologo", "-p:RunAnalyzers=false", .. compiler.Options]);
        }

        var gates = copy.PathTo(Path.GetDirectoryName(Gates)!);
        Directory.CreateDirectory(Path.GetDirectoryName(gates)!);
        const string Harness = "Causeway.Harness.dll";
        await CommandLine.Of("cp", "--archive", AppContext.BaseDirectory, gates).RunAsync(Stop);
        File.Copy(copy.PathTo("artifacts", "bin", "Build", "debug", Harness), Path.Combine(gates, Harness), overwrite: true);
    }

    private async Task<string> RunAsync(Harness.Repository copy, string program, params string[] arguments)
    {
        var result = await CommandLine.Of(program, arguments).In(copy.Root)
            .With("CAUSEWAY_ROOT", copy.Root)
            .With("CAUSEWAY_APPROVE", "1")
            .With("MSBUILDDISABLENODEREUSE", "1")
            .TryRunAsync(Stop);
        var command = $"{program} {string.Join(' ', arguments)}";
        TestContext.Current.TestOutputHelper?.WriteLine($"{result.Elapsed.TotalSeconds,6:0.0} s  {command}");
        Assert.True(
            result.ExitCode == 0,
            $"`{command}` ended with {result.ExitCode} in a copy with {KindTree.Component} and {KindTree.Resource}:\n{result.Tail(60)}");

        return result.Output;
    }

    private static void Print(Harness.Repository copy)
    {
        foreach (var kind in new[] { "component", "resource" }.SelectMany(of => KindRenderer.KindsOf(copy, of).Select(name => (Of: of, Name: name))))
        {
            foreach (var renderer in KindRenderer.All.Where(renderer => renderer.Of == kind.Of))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{kind.Of,-10} {kind.Name,-10} {renderer.Name,-14} {renderer.FileOf(kind.Name)}");
            }
        }
    }

    [GeneratedRegex("^(unchanged|written) +(?<file>.+)$", RegexOptions.Multiline)]
    private static partial Regex Generated();

    [GeneratedRegex("^\\|.*\\| `(?<file>[^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
