using System.Runtime.CompilerServices;
using Causeway.Harness;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>A git repository of one test, with one environment and two stacks that need no provider.</summary>
internal static class SmallRepository
{
    public const string Foundation = """
        variable "environment" {}
        resource "terraform_data" "network" { input = "10.0.0.0/16" }
        """;

    public const string Workload = """
        terraform {
          backend "s3" {}
        }
        variable "environment" {}
        variable "workload" {}
        resource "terraform_data" "table" { input = "${var.environment}-${var.workload}" }
        output "facts" { value = yamldecode(file("${path.module}/../../../envs/${var.environment}/env.yaml")).env.account }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Harness.Repository> CreateAsync(Workbench workbench, [CallerMemberName] string test = "")
    {
        var any = """{ "type": "object" }""";
        var root = Scratch.Folder(workbench, [
            ("global.json", "{}"),
            (".gitignore", ".causeway/\n"),
            ("schemas/environment.schema.json", any),
            ("schemas/release.schema.json", any),
            ("schemas/workload.schema.json", any),
            ("services/one/workload.yaml", "workload: {}"),
            ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws, account: \"1\", region: r }"),
            ("terraform/envs/dev/releases/one.yaml", "release: {}"),
            ("terraform/stacks/aws/foundation/main.tf", Foundation),
            ("terraform/stacks/aws/workload/main.tf", Workload)], test);
        await GitAsync(root, "init", "--quiet", "--initial-branch", "main");
        var repository = new Harness.Repository(root);
        await CommitAsync(repository);

        return repository;
    }

    public static async Task WriteAsync(Harness.Repository repository, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(repository.PathTo(path))!);
            await File.WriteAllTextAsync(repository.PathTo(path), text, Stop);
        }
    }

    public static async Task CommitAsync(Harness.Repository repository)
    {
        await GitAsync(repository.Root, "add", "--all");
        await GitAsync(repository.Root, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "a change");
    }

    public static async Task<string> GitAsync(string folder, params string[] arguments) =>
        (await CommandLine.Of("git", arguments).In(folder).RunAsync(Stop)).Output;
}
