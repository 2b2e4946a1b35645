using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>The module kms-key takes over the keys that the stack foundation makes: none is replaced, and who may use them stays.</summary>
public sealed class KeyTakeoverTests(Workbench workbench)
{
    private const string Before = """
        provider "aws" { region = "eu-central-1" }
        locals { env = { name = "dev", account = data.aws_caller_identity.current.account_id, region = "eu-central-1", protected = false } }
        data "aws_caller_identity" "current" {}

        module "unused" {
          source  = "./kms-key"
          count   = 0
          context = { name = "dev" }
          kms_key = { name = "unused" }
        }
        """;

    private const string After = """
        provider "aws" { region = "eu-central-1" }
        data "aws_caller_identity" "current" {}

        module "data" {
          source  = "./kms-key"
          context = { name = "dev" }
          kms_key = { name = "data", description = "Encrypts the data of environment dev", deletion_days = 7 }
        }

        module "logs" {
          source  = "./kms-key"
          context = { name = "dev" }
          kms_key = {
            name          = "logs"
            description   = "Encrypts the logs of environment dev"
            deletion_days = 7
            services = {
              logs = {
                principal          = "logs.eu-central-1.amazonaws.com"
                encryption_context = { "aws:logs:arn" = ["arn:aws:logs:eu-central-1:${data.aws_caller_identity.current.account_id}:log-group:*"] }
              }
            }
          }
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_keys_of_the_stack_foundation_stay()
    {
        var module = workbench.Checkout.PathTo("terraform/modules/aws/kms-key");
        var stack = await File.ReadAllTextAsync(workbench.Checkout.PathTo("terraform/stacks/aws/foundation/keys.tf"), Stop);
        var folder = Scratch.Folder(
            workbench,
            [
                ("main.tf", Before),
                ("keys.tf", stack),
                .. Directory.EnumerateFiles(module, "*.tf").Select(file => ($"kms-key/{Path.GetFileName(file)}", File.ReadAllText(file))),
            ]);
        await using var root = await TerraformRoot.CopyAsync(folder, Stop);
        await root.ApplyAsync(Stop);
        File.Delete(Path.Combine(root.Folder, "keys.tf"));
        await File.WriteAllTextAsync(Path.Combine(root.Folder, "main.tf"), After + string.Concat(Moves()), Stop);
        await root.InitAsync(Stop);

        var plan = await root.PlanAsync(Stop);

        Assert.Equal(4, plan.Changes.Count);
        Assert.All(plan.Changes, change => Assert.True(change.Kind is ChangeKind.None or ChangeKind.Update, $"{change.Address}: {change.Kind}"));

        // Only the name of the statement about logs is another.
        foreach (var key in plan.Changes.Where(change => change.Type is "aws_kms_key"))
        {
            var before = ((string)key.Before!["policy"]!).Replace("\"CloudWatchLogs\"", "\"ServiceLogs\"", StringComparison.Ordinal);
            Assert.Equal(before, (string?)key.After!["policy"]);
            Assert.Equal((string?)key.Before["description"], (string?)key.After["description"]);
        }
    }

    private static IEnumerable<string> Moves() =>
        from key in (string[])["data", "logs"]
        from type in (string[])["aws_kms_key", "aws_kms_alias"]
        select $$"""


            moved {
              from = {{type}}.this["{{key}}"]
              to   = module.{{key}}.{{type}}.this
            }
            """;
}
