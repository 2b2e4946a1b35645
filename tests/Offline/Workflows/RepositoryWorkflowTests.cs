using Causeway.Harness;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;
using Causeway.Harness.Workflows;
using Causeway.Offline.NewKinds;

namespace Causeway.Offline.Workflows;

/// <summary>The workflows of this repository: without a fault, and what they run can be run.</summary>
public sealed class RepositoryWorkflowTests(Workbench workbench)
{
    // What a line may need of GitHub, with a value for it.
    private static readonly Dictionary<string, string> Given = new()
    {
        ["BASE"] = "main",
        ["CAUSEWAY_CLUSTER"] = "kubeconfig",
        ["CLUSTER"] = "kubeconfig",
        ["ENVIRONMENT"] = "dev",
        ["FIRST"] = "dev",
        ["FROM"] = "dev",
        ["TO"] = "staging",
        ["WORKLOADS"] = "",
        ["REF"] = "HEAD",
        ["REPOSITORY"] = "https://github.com/example/causeway",
        ["IMAGE"] = "orders-gateway",
        ["GITHUB_SHA"] = new string('1', 40),
        ["GITHUB_STEP_SUMMARY"] = "summary.md",
    };

    private const string Hooks = ".pre-commit-config.yaml";

    // Why a line is read by the command's parser, and not run.
    private static readonly Dictionary<string, string> Unexecuted = new()
    {
        ["check"] = "the gate that this test is part of",
        ["test"] = "the run that this test is part of",
        ["plan"] = "takes minutes, or an account: PlanRunTests and BootstrapTests run it on small repositories",
        ["diff"] = "takes minutes: its own tests run it on small repositories",
        ["drift"] = "needs an account: DriftRunTests run it in a simulated cloud",
        ["publish"] = "needs a registry",
        ["up"] = "needs a cluster: ClusterVerbTests run it up to where it asks for one",
        ["status"] = "needs a cluster: ClusterVerbTests run it against played answers",
        ["down"] = "needs a cluster: ClusterVerbTests run it against played answers",
        ["applications"] = "needs a cluster: ArgoTrialTests run it against played answers",
        ["load"] = "needs a platform: the integration tests run a scenario",
        ["report"] = "needs the results of the jobs before it: ReportVerbTests run it with results and without",
        ["chaos"] = "needs a platform: the suite Chaos runs the short form",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Those of workflows, and those that git runs before a commit.
    private IReadOnlyList<(string Place, VerbLine Line)> Lines =>
    [
        .. from hook in Yaml.LoadFile(workbench.Checkout.PathTo(Hooks))["repos"]!.AsArray().SelectMany(source => source!["hooks"]!.AsArray())
           select (Hooks, VerbLine.Parse((string)hook!["entry"]!) ?? throw new InvalidDataException($"{Hooks}: {hook["entry"]}")),
        .. from file in WorkflowFile.All(workbench.Checkout)
           from step in file.Steps
           where step.Run is not null
           select ($"{file.Name}:{step.Run!.Start.Line}", VerbLine.Parse(step.Run.Value!) ?? throw new InvalidDataException($"{file.Name}: {step.Run.Value}")),
    ];

    private string Command => workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll");

    [Fact(Skip = "the gate “workflows” does the same", SkipType = typeof(OtherGates), SkipWhen = nameof(OtherGates.Run)), Trait("gate", "repository")]
    public async Task No_workflow_violates_a_rule()
    {
        var verdict = await new WorkflowCheck(workbench.Checkout, workbench.Tools).RunAsync(Stop);
        var gate = new Gate("workflows and actions", WorkflowFile.All(workbench.Checkout).Select(file => file.Name));

        foreach (var file in verdict.Checked)
        {
            string[] problems = [.. verdict.Problems.Where(problem => problem.StartsWith(file + ",", StringComparison.Ordinal))];
            gate.Record(file, problems is [] ? null : string.Join("\n    ", problems));
        }

        gate.Close();
    }

    [Fact]
    public async Task A_repository_without_workflows_is_not_a_pass()
    {
        var empty = new Harness.Repository(Terraform.Scratch.Folder(workbench, [(".github/actions/a/action.yaml", "runs: { steps: [] }")]));

        await Assert.ThrowsAsync<PlatformException>(() => new WorkflowCheck(empty, workbench.Tools).RunAsync(Stop));
    }

    [Fact]
    public async Task Every_line_is_read_by_the_command_as_it_is_meant()
    {
        var gate = new Gate("lines read by the command", Lines.Select(line => $"{line.Place} {line.Line}"));

        foreach (var (place, line) in Lines)
        {
            var read = await CommandLine.Of("dotnet", [Command, "[diagram]", .. line.With(name => Given[name])])
                .In(workbench.Checkout.Root).With("CAUSEWAY_ROOT", workbench.Checkout.Root).TryRunAsync(Stop);
            gate.Record(
                $"{place} {line}",
                read.ExitCode is 0 && read.Output.StartsWith($"[ causeway [ {line.Words[0]}", StringComparison.Ordinal) && !read.Output.Contains('!')
                    ? null
                    : $"is not read: {read.Output}{read.Error}");
        }

        gate.Close();
    }

    [Fact]
    public async Task Every_line_that_needs_no_account_is_executed_in_order()
    {
        var copy = await KindTree.CopyAsync(workbench, Stop);
        await WriteAsync(copy, "1-plans.md", "## Plans\n");
        await WriteAsync(copy, "2-manifests.md", "## Manifests\n");
        await WriteAsync(copy, "reports/report.md", "## Report\n");

        foreach (var image in Harness.Releases.BuiltImage.Of(copy, "dev"))
        {
            await WriteAsync(copy, $"artifacts/digests/{image.Workload}/{image.Component}", $"sha256:{new string('2', 64)}");
        }

        var executed = Lines.Where(line => !Unexecuted.ContainsKey(line.Line.Words[0])).ToArray();
        var gate = new Gate("lines executed", executed.Select(line => $"{line.Place} {line.Line}"));

        foreach (var (place, line) in executed)
        {
            var run = await CommandLine.Of("dotnet", [Command, .. line.With(name => Given[name])])
                .In(copy.Root).With("CAUSEWAY_ROOT", copy.Root).With("GITHUB_OUTPUT", copy.PathTo("outputs")).TryRunAsync(Stop);
            gate.Record($"{place} {line}", run.ExitCode is 0 ? null : run.Tail());
        }

        gate.Close();
        Lines.Where(line => Unexecuted.ContainsKey(line.Line.Words[0])).ToList().ForEach(line =>
            TestContext.Current.TestOutputHelper?.WriteLine($"not executed: {line.Place} {line.Line}: {Unexecuted[line.Line.Words[0]]}"));
        Assert.Equal([], Unexecuted.Keys.Except(Lines.Select(line => line.Line.Words[0])).Select(verb => $"{verb} is in no workflow"));
        Assert.Contains("environments=[{\"name\":\"dev\"", await File.ReadAllTextAsync(copy.PathTo("outputs"), Stop), StringComparison.Ordinal);
        Assert.Contains("## Plans", await File.ReadAllTextAsync(copy.PathTo("summary.md"), Stop), StringComparison.Ordinal);
        Assert.All(
            copy.Releases("dev"),
            workload => Assert.Equal(Given["GITHUB_SHA"], new Harness.Releases.ReleaseFiles(copy).Read("dev", workload).Pins!.Revision));
    }

    [Fact, Trait("gate", "repository")]
    public void What_the_set_up_installs_is_the_least_that_is_accepted()
    {
        var action = WorkflowFile.All(workbench.Checkout).Single(file => file.Name == ".github/actions/setup/action.yml");
        var installed = action.Steps.Select(step => WorkflowFile.Field(step.Node, "with")).SelectMany(WorkflowFile.Fields)
            .Where(field => field.Name.EndsWith("version", StringComparison.Ordinal))
            .ToDictionary(field => field.Name.Split('-', '_')[0], field => Version.Parse(field.Value.ToString()));
        // npm comes with Node.js.
        var wanted = workbench.Tools.Manifest.Prerequisites.Where(tool => tool.Name is not "npm").ToDictionary(tool => tool.Name, tool => tool.Version);

        Assert.Equal(wanted.OrderBy(tool => tool.Key), installed.OrderBy(tool => tool.Key));
        Assert.Equal(
            $"{wanted["dotnet"]}",
            (string?)System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(workbench.Checkout.PathTo("global.json")))!["sdk"]!["version"]);
    }

    [Fact]
    public async Task The_roles_of_the_matrix_are_those_that_the_stack_makes()
    {
        var matrix = await GitHubMatrix.OfAsync(workbench.Checkout, "dev", Stop);
        await using var account = await TerraformRoot.CopyAsync(
            workbench.Checkout.PathTo("terraform", "stacks", "aws", "account"),
            new TerraformOptions { Variables = new Dictionary<string, object?> { ["environment"] = "dev" } },
            Stop);

        var plan = await account.PlanAsync(Stop);

        Assert.Equal(
            new[] { matrix.First.Plan, matrix.First.Apply }.Order(),
            plan.Changes.Where(change => change.Type is "aws_iam_role" && change.Address.Contains("github_oidc", StringComparison.Ordinal))
                .Select(change => $"arn:aws:iam::111122223333:role/{change.After!["name"]}").Order());
        Assert.Equal(
            workbench.Checkout.Environments().Where(name => name is not Harness.Local.Renderer.Environment),
            matrix.Environments.Select(environment => environment.Name));
    }

    private static async Task WriteAsync(Harness.Repository copy, string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy.PathTo(file))!);
        await File.WriteAllTextAsync(copy.PathTo(file), text, Stop);
    }
}
