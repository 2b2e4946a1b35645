using System.Text;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Plans;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>The stack that makes the bucket in which its own state lies: real Terraform, its real backend, and a bucket on this machine.</summary>
public sealed class BootstrapTests(Workbench workbench)
{
    private const string Bucket = "causeway-state-111122223333-eu-central-1";
    private const string Key = "envs/dev/account.tfstate";

    private static readonly PlanRequest Request = new() { Environment = "dev", Stack = "account", Real = true, Apply = true, Bootstrap = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_state_moves_into_the_bucket_that_the_stack_makes_and_the_command_can_be_repeated()
    {
        using var bucket = new LoopbackBucket(Bucket);
        var repository = await RepositoryAsync(bucket);

        var first = await RunAsync(repository);

        Assert.Contains(first, line => line.Contains("dev/account: 1 to create", StringComparison.Ordinal));
        Assert.Contains("terraform_data", Encoding.UTF8.GetString(bucket.Objects[Key]), StringComparison.Ordinal);
        Assert.False(Directory.EnumerateFiles(repository.Cache, "*.tfstate*", SearchOption.AllDirectories).Any());

        var second = await RunAsync(repository);

        Assert.Contains(second, line => line.Contains("dev/account: no changes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_bucket_is_not_made_the_state_stays_in_its_file_and_the_next_run_goes_on_from_it()
    {
        using var bucket = new LoopbackBucket(Bucket) { MayBeMade = false };
        var repository = await RepositoryAsync(bucket);
        var file = Path.Combine(repository.Cache, "bootstrap", Key);

        await Assert.ThrowsAsync<TerraformException>(() => RunAsync(repository));

        Assert.True(File.Exists(file));
        Assert.Empty(bucket.Objects);

        bucket.MayBeMade = true;
        await RunAsync(repository);

        Assert.False(File.Exists(file));
        Assert.Contains(Key, bucket.Objects.Keys);
    }

    [Fact]
    public async Task A_role_that_may_only_read_the_bucket_can_plan_and_look_for_drift_but_not_apply()
    {
        using var bucket = new LoopbackBucket(Bucket);
        var repository = await RepositoryAsync(bucket);
        await RunAsync(repository);
        bucket.MayBeWritten = false;
        Directory.Delete(repository.PathTo("terraform", "stacks", "aws", "foundation"), recursive: true);
        Directory.Delete(repository.PathTo("terraform", "stacks", "aws", "workload"), recursive: true);
        var printed = new List<string>();

        await new DriftRun(repository, new() { Environment = "dev", Real = true }, new Silent(), printed.Add, []).RunAsync(Stop);

        Assert.Equal("drift in dev: 1 resources looked at, 0 differ", printed[^1]);
        Assert.Contains("dev/account: no changes", await RunAsync(repository, Request with { Apply = false, Bootstrap = false }));
        var refusal = await Assert.ThrowsAsync<TerraformException>(() => RunAsync(repository, Request with { Bootstrap = false }));
        Assert.Contains("state lock", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<Harness.Repository> RepositoryAsync(LoopbackBucket bucket)
    {
        var repository = await SmallRepository.CreateAsync(workbench, $"{bucket.Address.Split(':')[^1]}-bootstrap");
        await SmallRepository.WriteAsync(
            repository,
            ("terraform/envs/dev/env.yaml", "env: { name: dev, kind: aws, account: \"111122223333\", region: eu-central-1 }"),
            ("terraform/stacks/aws/account/.terraform.lock.hcl", "# It needs no provider.\n"),
            ("terraform/stacks/aws/account/main.tf", $$"""
                terraform {
                  backend "s3" {
                    use_lockfile = true

                    access_key = "test"
                    secret_key = "test"
                    endpoints  = { s3 = "{{bucket.Address}}", sts = "{{bucket.Address}}" }

                    skip_metadata_api_check = true
                    skip_s3_checksum        = true
                    use_path_style          = true
                  }
                }

                variable "environment" {}

                resource "terraform_data" "bucket" {
                  provisioner "local-exec" {
                    command = "curl -fsS -X PUT -d '' {{bucket.Address}}/{{Bucket}}"
                  }
                }
                """));
        await SmallRepository.CommitAsync(repository);

        return repository;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(Harness.Repository repository, PlanRequest? request = null)
    {
        var printed = new List<string>();
        await new PlanRun(repository, request ?? Request, new Silent(), printed.Add).RunAsync(Stop);

        return printed;
    }
}
