using Causeway.Harness;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Releases;

/// <summary>A git repository of one test with three environments and two workloads, whose release files are laid out in the ways people write them.</summary>
internal static class ReleaseTree
{
    public const string Old = "0bfce9f3d1a84c6b95e27f10c8a4d6e2b7391f58";

    public const string New = "1111111111111111111111111111111111111111";

    public const string OldRelease = $$"""
        # Who to ask: the mill.
        release:
          apiVersion: causeway/v1
          runtime: eks # moved in May
          pins:
            # Promotion writes here.
            revision: '{{Old}}'   # the last that was good
            images:
              oven: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" # big
              mixer: sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb

          overrides:
            components: { oven: { scaling: { min: 3, max: 12, cpu: 60 } } }

        """;

    public const string NewRelease = $$"""
        release:
          apiVersion: causeway/v1
          runtime: ecs
          pins: { revision: "{{New}}", images: { mixer: "{{Second}}", oven: "{{First}}" } }
        """;

    public const string First = "sha256:1e11111111111111111111111111111111111111111111111111111111111111";

    public const string Second = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    public static async Task<Harness.Repository> CreateAsync(Workbench workbench)
    {
        var root = Terraform.Scratch.Folder(workbench, [
            ("global.json", "{}"),
            ("schemas/release.schema.json", await File.ReadAllTextAsync(
                workbench.Checkout.PathTo("schemas", "release.schema.json"), TestContext.Current.CancellationToken)),
            ("services/bakery/workload.yaml", "workload: { components: { oven: { kind: service }, mixer: { kind: service }, till: { kind: service } } }"),
            ("services/mill/workload.yaml", "workload: { components: { stone: { kind: service } } }"),
            ("terraform/envs/first/env.yaml", "env: { kind: aws }"),
            ("terraform/envs/first/releases/bakery.yaml", NewRelease),
            ("terraform/envs/here/env.yaml", "env: { kind: local }"),
            ("terraform/envs/here/releases/bakery.yaml", "release: { apiVersion: causeway/v1, runtime: local }"),
            ("terraform/envs/next/env.yaml", "env: { kind: aws }"),
            ("terraform/envs/next/releases/bakery.yaml", OldRelease),
        ]);
        await SmallRepository.GitAsync(root, "init", "--quiet", "--initial-branch", "main");
        var repository = new Harness.Repository(root);
        await SmallRepository.CommitAsync(repository);

        return repository;
    }

    /// <summary>Text of a release of the workload bakery.</summary>
    public static string Bakery(Harness.Repository repository, string environment) =>
        File.ReadAllText(repository.PathTo("terraform", "envs", environment, "releases", "bakery.yaml"));
}
