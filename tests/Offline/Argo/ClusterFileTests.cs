using Causeway.Harness;
using Causeway.Harness.Argo;
using Causeway.Harness.Terraform;
using Causeway.Offline.Terraform.Environments;

namespace Causeway.Offline.Argo;

/// <summary>The files of <c>argocd/clusters</c> are what Terraform makes: the first link of the chain from <c>env.yaml</c> to the manifests.</summary>
[Trait("gate", "repository")]
public sealed class ClusterFileTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("runs", "Terraform")]
    public async Task Every_environment_on_Kubernetes_has_a_cluster_file_that_is_what_its_stack_makes()
    {
        string[] environments = [.. OnKubernetes(workbench.Checkout)];
        var files = Directory.GetFiles(workbench.Checkout.PathTo(ClusterFile.Folder)).Select(file => Path.GetFileNameWithoutExtension(file));
        var gate = new Gate("cluster files", environments.Union(files));
        var tree = StackTree.Create(workbench);
        string[] addons = [.. Directory.GetFiles(tree.PathTo(AddonPermissionsTests.Folder)).Select(file => Path.GetFileNameWithoutExtension(file))];
        var roles = new Gate("add-ons that get their permissions", environments.SelectMany(environment => addons.Select(addon => $"{environment}: {addon}")));
        using var copy = await tree.CopyAsync(Stop);

        await Task.WhenAll(environments.Select(async environment =>
        {
            var plan = await PlanAsync(tree, copy, environment);
            gate.Record(environment, Problem(environment, ClusterFile.TextOf(plan, environment)));
            var given = PlannedResource.Of(plan)
                .Where(resource => resource.Type is "aws_eks_pod_identity_association")
                .Select(resource => ((string?)resource.Values["namespace"], (string?)resource.Values["service_account"]))
                .ToHashSet();

            foreach (var addon in addons)
            {
                var file = Yaml.LoadFile(tree.PathTo(AddonPermissionsTests.Folder, $"{addon}.yaml"));
                var gets = given.Contains(((string?)file["namespace"], (string?)file["serviceAccount"]));
                roles.Record($"{environment}: {addon}", gets ? null : "its service account gets no role");
            }
        }));

        gate.Close();
        roles.Close();
    }

    [Theory]
    [InlineData("a: 1\nb: 2\n", "a: 1\nb: 3\n", "says `b: 2`, and the stack gitops makes `b: 3`")]
    [InlineData("", "a: 1\n", "says nothing, and the stack gitops makes `a: 1`")]
    [InlineData("a: 1\n", "a: 1\nb: 2\n", "says nothing, and the stack gitops makes `b: 2`")]
    public void A_file_that_says_something_else_is_named_with_both(string written, string made, string problem)
    {
        Assert.Contains($"argocd/clusters/dev.yaml {problem}", Difference("dev", written, made), StringComparison.Ordinal);
        Assert.Null(Difference("dev", made, made));
    }

    internal static IEnumerable<string> OnKubernetes(Harness.Repository checkout) =>
        Directory.GetFiles(checkout.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories)
            .Where(file => (string?)Yaml.LoadFile(file)["env"]!["cluster"]?["runtime"] is "eks")
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!);

    private string? Problem(string environment, string made)
    {
        var file = ClusterFile.PathTo(workbench.Checkout, environment);

        if (Environment.GetEnvironmentVariable("CAUSEWAY_APPROVE") == "1")
        {
            File.WriteAllText(file, made);
        }

        return Difference(environment, File.Exists(file) ? File.ReadAllText(file) : "", made);
    }

    private static string? Difference(string environment, string written, string made)
    {
        if (written == made)
        {
            return null;
        }

        var (was, now) = (written.Split('\n'), made.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();

        return $"argocd/clusters/{environment}.yaml says {Quoted(was.ElementAtOrDefault(line))}, "
            + $"and the stack gitops makes {Quoted(now.ElementAtOrDefault(line))}. If it should: run this test with CAUSEWAY_APPROVE=1.";

        static string Quoted(string? text) => text is null or "" ? "nothing" : $"`{text}`";
    }

    // What the stack looks up is applied before, in a cloud of the environment's own.
    private static async Task<Plan> PlanAsync(StackTree tree, Harness.Terraform.Copies.WorkingCopy copy, string environment)
    {
        var cloud = Path.Combine(copy.Folder, environment, "cloud.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(cloud)!);
        var gitops = tree.Stacks.In(environment).Single(instance => instance.Stack is "gitops");
        var before = tree.Stacks.NeededBy(gitops.Kind, gitops.Stack);

        foreach (var instance in tree.Stacks.In(environment).Where(instance => instance.Workload is null && before.Contains(instance.Stack)))
        {
            await using var applied = tree.RootIn(
                copy, instance.Folder, new() { Cloud = cloud, State = Path.Combine(copy.Folder, instance.StateKey), Variables = instance.Variables });
            await applied.ApplyAsync(Stop, await applied.PlanAsync(Stop));
            applied.Disown();
        }

        await using var root = tree.RootIn(
            copy, gitops.Folder, new() { Cloud = cloud, State = Path.Combine(copy.Folder, gitops.StateKey), Variables = gitops.Variables });

        return await root.PlanAsync(Stop);
    }
}
