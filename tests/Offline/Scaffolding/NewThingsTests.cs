using System.Text.RegularExpressions;
using Causeway.Harness;
using Causeway.Harness.Policies;
using Causeway.Harness.Scaffolding;
using Causeway.Harness.Terraform.Plans;
using Causeway.Harness.Tools;
using Causeway.Offline.NewKinds;

namespace Causeway.Offline.Scaffolding;

/// <summary><c>causeway new</c>: what it writes passes the gates as it is, and nothing that was there changes.</summary>
public sealed class NewThingsTests(Workbench workbench, NewThingsTests.Untouched untouched) : IClassFixture<NewThingsTests.Untouched>
{
    private const string Workload = "greeter";
    private const string Environment = "pier";
    private const string Account = "444455556666";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_workload_and_a_new_environment_change_no_file_and_pass_the_gates()
    {
        var copy = await KindTree.CopyAsync(workbench, Stop);
        var command = workbench.Checkout.PathTo("artifacts", "bin", "Build", "debug", "causeway.dll");

        var said = await RunAsync(copy, command, "new", "workload", Workload, "--components", "front,back-office");
        Assert.Contains($"services/{Workload}/workload.yaml", said, StringComparison.Ordinal);
        await RunAsync(copy, command, "new", "environment", Environment, "--account", Account);

        Assert.Equal("", await KindTree.GitAsync(copy, Stop, "diff", "--name-only", "HEAD"));
        Assert.NotEqual("", await KindTree.GitAsync(copy, Stop, "status", "--porcelain"));

        // What is generated is named by the command that writes it.
        var generated = Regex.Matches(await RunAsync(copy, command, "generate"), "(?m)^written +(?<file>.+)$")
            .Select(match => match.Groups["file"].Value)
            .ToArray();
        Assert.Contains("Causeway.slnx", generated);
        Assert.Equal(
            [], (await KindTree.GitAsync(copy, Stop, "diff", "--name-only", "HEAD")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(generated));

        // The workload's own tests are built and run.
        await using (var compiler = new CompilerServer(copy))
        {
            await RunAsync(
                copy, ["build", $"services/{Workload}/tests", "--verbosity", "quiet", "--nologo", "-p:RunAnalyzers=false", .. compiler.Options]);
        }

        var tests = await RunAsync(
            copy, copy.PathTo("artifacts", "bin", $"{Workload}-tests", "debug", $"{NewName.Pascal(Workload)}.Tests.dll"), "-noColor", "-noLogo");
        Assert.Contains("Total: 2, Errors: 0, Failed: 0, Skipped: 0", tests, StringComparison.Ordinal);

        // The gates over workloads and environments, those of this build, look at the copy.
        string[] classes = ["WorkloadTests", "WorkloadNameTests", "RenderRunTests", "LineLengthTests", "PlainWordTests", "GeneratedFileTests"];
        var gates = await RunAsync(
            copy,
            [
                Path.Combine(AppContext.BaseDirectory, "Offline.dll"), "-noColor", "-noLogo", "-trait", "gate=repository",
                .. classes.SelectMany(name => new[] { "-class", $"*.{name}" }),
            ]);
        Assert.Matches("Total: [1-9][0-9]*, Errors: 0, Failed: 0, Skipped: 0", gates);
        Assert.Equal([], new Stacks(copy.Root).Violations());
    }

    [Theory]
    [InlineData("dev", "444455556666")]
    [InlineData("staging", "555566667777")]
    [InlineData("prod", "666677778888")]
    public void A_new_environment_has_a_name_an_account_a_network_and_a_domain_of_its_own_and_all_else_as_it_was(string like, string account)
    {
        var (copy, name) = (untouched.ForEnvironments, $"{like}-again");

        new NewEnvironment(copy).Write(name, like, account);

        var (old, made) = (Facts(copy, like), Facts(copy, name));
        Assert.Equal((name, account, $"{name}.example.com"), ((string?)made["name"], (string?)made["account"], (string?)made["edge"]!["domain"]));
        Assert.StartsWith($"{account}.dkr.ecr.", (string?)made["registry"], StringComparison.Ordinal);
        Assert.DoesNotContain(
            (string)made["network"]!["cidr"]!,
            copy.Environments().Where(other => other != name).Select(other => (string?)Facts(copy, other)["network"]?["cidr"]));
        Assert.StartsWith($"{made["network"]!["cidr"]}"[..6], (string?)made["edge"]!["from"]!["cidrs"]![0], StringComparison.Ordinal);

        // The rest, compared after those are taken out.
        foreach (var facts in new[] { old, made })
        {
            facts["name"] = facts["account"] = facts["registry"] = facts["network"]!["cidr"] = facts["edge"]!["domain"] = facts["edge"]!["from"] = null;
        }

        Assert.Equal(old.ToJsonString(), made.ToJsonString());
        Assert.Equal(copy.Releases(like), copy.Releases(name));

        // What is excused there is excused here, in a file of its own.
        var waivers = Waivers.Load(copy, TimeProvider.System).All;
        IEnumerable<(string, string, string)> Of(string environment) => waivers
            .Where(waiver => waiver.Judged.StartsWith($"{environment}/", StringComparison.Ordinal))
            .Select(waiver => (waiver.Policy, waiver.Judged[(environment.Length + 1)..], waiver.Address));
        Assert.NotEmpty(Of(like));
        Assert.Equal(Of(like), Of(name));
        Assert.All(
            waivers.Where(waiver => waiver.Judged.StartsWith($"{name}/", StringComparison.Ordinal)),
            waiver => Assert.Equal($"terraform/envs/{name}/waivers.yaml", waiver.File));
    }

    [Theory]
    [InlineData("Greeter", "web", "Greeter cannot be a name: it should match ^[a-z]")]
    [InlineData("yes", "web", "yes cannot be a name: it is \"yes\", which is not allowed.")]
    [InlineData("greeter", "We", "We cannot be a name: ")]
    [InlineData("greeter", "web,web", "web is named twice.")]
    [InlineData("orders", "web", "services/orders is there already; nothing was written.")]
    [InlineData("local", "web", "local is a word that machinery uses: ")]
    [InlineData("../greeter", "web", "../greeter cannot be a name: ")]
    public async Task A_workload_that_cannot_be_is_refused_with_the_rule_and_nothing_is_written(string name, string components, string problem)
    {
        var copy = untouched.ForRefusals;

        var refused = await Assert.ThrowsAsync<UsageException>(() => new NewWorkload(copy).WriteAsync(name, components.Split(','), "a-team", Stop));

        Assert.StartsWith(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal("", await KindTree.GitAsync(copy, Stop, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("Pier", "dev", Account, "Pier cannot be a name: ")]
    [InlineData("dev", "staging", Account, "terraform/envs/dev is there already; nothing was written.")]
    [InlineData("pier", "nowhere", Account, "There is no environment nowhere.")]
    [InlineData("pier", "local", Account, "local is of kind local")]
    [InlineData("pier", "dev", "44445555666", "44445555666 is not an account.")]
    [InlineData("pier", "dev", "333344445555", "333344445555 is the account of prod.")]
    public async Task An_environment_that_cannot_be_is_refused_with_the_rule_and_nothing_is_written(string name, string like, string account, string problem)
    {
        var copy = untouched.ForRefusals;

        var refused = Assert.Throws<UsageException>(() => new NewEnvironment(copy).Write(name, like, account));

        Assert.StartsWith(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal("", await KindTree.GitAsync(copy, Stop, "status", "--porcelain"));
    }

    [Fact]
    public void When_one_file_is_there_already_none_is_written()
    {
        var tree = new Harness.Repository(Terraform.Scratch.Folder(workbench, [("b/there", "old")]));

        var refused = Assert.Throws<UsageException>(
            () => new NewFiles(new Dictionary<string, string> { ["a/new"] = "new", ["b/there"] = "new" }).Write(tree));

        Assert.StartsWith("b/there is there already; nothing was written.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(tree.PathTo("b", "there")));
        Assert.False(Path.Exists(tree.PathTo("a")));
    }

    private static System.Text.Json.Nodes.JsonNode Facts(Harness.Repository copy, string environment) =>
        Yaml.LoadFile(copy.PathTo("terraform", "envs", environment, "env.yaml"))["env"]!;

    private static async Task<string> RunAsync(Harness.Repository copy, params string[] arguments)
    {
        var run = await CommandLine.Of("dotnet", arguments).In(copy.Root)
            .With("CAUSEWAY_ROOT", copy.Root)
            .With("MSBUILDDISABLENODEREUSE", "1")
            .TryRunAsync(Stop);
        TestContext.Current.TestOutputHelper?.WriteLine($"{run.Elapsed.TotalSeconds,6:0.0} s  dotnet {string.Join(' ', arguments)}");
        Assert.True(run.ExitCode is 0, run.Tail(60));

        return run.Output;
    }

    /// <summary>Copies of this repository that several tests share.</summary>
    public sealed class Untouched(Workbench workbench) : IAsyncLifetime
    {
        /// <summary>One in which each test makes an environment.</summary>
        public Harness.Repository ForEnvironments { get; private set; } = null!;

        /// <summary>One in which nothing is written.</summary>
        public Harness.Repository ForRefusals { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            ForEnvironments = await KindTree.CopyAsync(workbench, CancellationToken.None);
            ForRefusals = await KindTree.CopyAsync(workbench, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
