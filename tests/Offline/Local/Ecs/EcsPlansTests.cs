using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Local.Ecs;

namespace Causeway.Offline.Local.Ecs;

/// <summary>Plans on ECS are made of the repository's files, each time those or the images change.</summary>
[Trait("runs", "Terraform")]
public sealed class EcsPlansTests(Workbench workbench)
{
    private const string Stack = "terraform/stacks/aws/workload/service.tf";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_the_stack_is_in_the_containers_and_what_was_planned_is_kept()
    {
        var repository = EcsTree.Create(workbench);
        var images = EcsTree.Images(repository);
        var text = await File.ReadAllTextAsync(repository.PathTo(Stack), Stop);
        Assert.Contains("        PORT ", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            repository.PathTo(Stack), text.Replace("        PORT ", "        ADDED = \"by the stack\"\n        PORT ", StringComparison.Ordinal), Stop);
        var (first, second) = (new Titles(), new Titles());

        var planned = await new EcsPlans(repository, first).OfAsync(images, Stop);
        var again = await new EcsPlans(repository, second).OfAsync(images, Stop);

        var containers = new EcsWorkloads(planned, []).Objects.Where(o => RenderedObjects.KindOf(o) is "Deployment")
            .SelectMany(deployment => RenderedObjects.ContainersOf(deployment["spec"]!["template"]!))
            .ToArray();
        Assert.NotEmpty(containers);
        Assert.All(containers, container => Assert.Contains(
            container["env"]!.AsArray(), variable => JsonNode.DeepEquals(variable, new JsonObject { ["name"] = "ADDED", ["value"] = "by the stack" })));
        Assert.Equal(planned.Select(plan => plan.Value.Json.ToJsonString()), again.Select(plan => plan.Value.Json.ToJsonString()));
        Assert.Equal("Plan the services on ECS", Assert.Single(first.All));
        Assert.Empty(second.All);
    }

    [Fact]
    public async Task Without_an_environment_on_ECS_there_is_nothing_to_plan()
    {
        var repository = EcsTree.Create(workbench);

        foreach (var file in Directory.EnumerateFiles(repository.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, Stop);
            await File.WriteAllTextAsync(file, text.Replace("runtime: ecs", "runtime: eks", StringComparison.Ordinal), Stop);
        }

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => new EcsPlans(repository, new Silent()).OfAsync(EcsTree.Images(repository), Stop));

        Assert.Equal("No environment runs on ECS, so there is nothing to plan.", refusal.Message);
        Assert.Contains("env.cluster.runtime: ecs", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_would_violate_its_schema_is_named()
    {
        var repository = EcsTree.Create(workbench);
        var local = repository.PathTo("terraform", "envs", Renderer.Environment, "env.yaml");
        var text = await File.ReadAllTextAsync(local, Stop);
        Assert.Contains("region: ", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(local, text.Replace("region: ", "region: x", StringComparison.Ordinal), Stop);

        var refusal = await Assert.ThrowsAsync<PlatformException>(() => new EcsPlans(repository, new Silent()).OfAsync(EcsTree.Images(repository), Stop));

        Assert.Contains($"terraform/envs/{Renderer.Environment}/env.yaml", refusal.Log, StringComparison.Ordinal);
    }

    private sealed class Titles : ISteps
    {
        public List<string> All { get; } = [];

        public async Task RunAsync(string title, Func<Action<string>, Task<string>> work)
        {
            All.Add(title);
            await work(_ => { });
        }

        public void Detail(string line)
        {
        }
    }
}
