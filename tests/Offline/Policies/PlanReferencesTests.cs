using Causeway.Harness.Policies;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform;

namespace Causeway.Offline.Policies;

/// <summary>Which resource an expression leads to, where modules and instances lie between.</summary>
public sealed class PlanReferencesTests(Workbench workbench)
{
    private static readonly Policy PublicAccess = Policy.All.Single(policy => policy.Id == "S3-1");

    [Fact]
    public async Task An_instance_is_judged_by_what_belongs_to_it_and_not_by_its_neighbours()
    {
        const string Bucket = """
            variable "name" {}
            variable "open" { default = [] }

            resource "aws_s3_bucket" "this" {
              for_each = toset(["a", "b"])
              bucket   = "${var.name}-${each.key}"
            }

            locals { blocks = { for name, bucket in aws_s3_bucket.this : name => bucket.id } }

            resource "aws_s3_bucket_public_access_block" "this" {
              for_each                = toset(["a", "b"])
              bucket                  = local.blocks[each.key]
              block_public_acls       = true
              block_public_policy     = true
              ignore_public_acls      = true
              restrict_public_buckets = !contains(var.open, each.key)
            }
            """;
        const string Root = """
            provider "aws" { region = "eu-central-1" }

            module "buckets" {
              source   = "./bucket"
              for_each = { half = ["b"], whole = [] }
              name     = each.key
              open     = each.value
            }
            """;
        await using var root = await TerraformRoot.CopyAsync(
            Scratch.Folder(workbench, [("main.tf", Root), ("bucket/main.tf", Bucket)]), Scratch.Stop);

        var findings = PolicyCheck.Of(await root.PlanAsync(Scratch.Stop), [PublicAccess], "a plan", Waivers.None);

        Assert.Equal(4, findings.Count);
        Assert.Equal(
            ["module.buckets[\"half\"].aws_s3_bucket.this[\"b\"]"],
            findings.Where(finding => finding.IsViolation).Select(finding => finding.Address));
    }

    [Fact]
    public async Task What_a_dynamic_block_refers_to_is_followed()
    {
        const string Key = """
            variable "users" { default = [] }

            locals { keys = toset(["one"]) }

            resource "aws_kms_key" "this" {
              enable_key_rotation = true
              policy              = data.aws_iam_policy_document.this.json
            }

            data "aws_iam_policy_document" "this" {
              dynamic "statement" {
                for_each = local.keys
                iterator = each_key

                content {
                  sid     = each_key.value
                  actions = ["kms:Decrypt"]

                  dynamic "principals" {
                    for_each = var.users

                    content {
                      type        = "AWS"
                      identifiers = [principals.value]
                    }
                  }
                }
              }
            }
            """;
        const string Root = """
            provider "aws" { region = "eu-central-1" }

            module "decided" {
              source = "./key"
              users  = [aws_iam_role.this.arn]
            }

            module "anything" {
              source = "./key"
              users  = [terraform_data.later.id]
            }

            resource "aws_iam_role" "this" { assume_role_policy = "{}" }
            resource "terraform_data" "later" {}
            """;
        await using var root = await TerraformRoot.CopyAsync(
            Scratch.Folder(workbench, [("main.tf", Root), ("key/main.tf", Key)]), Scratch.Stop);

        var findings = PolicyCheck.Of(
            await root.PlanAsync(Scratch.Stop), [Policy.All.Single(policy => policy.Id == "KMS-1")], "a plan", Waivers.None);

        Assert.Equal(
            [("module.anything.aws_kms_key.this", VerdictKind.Unknown), ("module.decided.aws_kms_key.this", VerdictKind.Pass)],
            findings.Select(finding => (finding.Address, finding.Verdict.Kind)).Order());
    }

    [Theory]
    [InlineData("""{ role = { arn = aws_iam_role.a.arn }, other = aws_iam_role.b.arn }""", "aws_iam_role.a")]
    [InlineData("""{ "other" = aws_iam_role.b.arn }""", "")]
    [InlineData("""{ role = module.roles["x"].role, other = aws_iam_role.b.arn }""", "module.roles.aws_iam_role.c")]
    [InlineData("""merge({ other = aws_iam_role.b.arn }, { role = { arn = aws_iam_role.a.arn } })""", "aws_iam_role.a, aws_iam_role.b")]
    [InlineData("""{ (aws_iam_role.b.name) = 1, role = { arn = aws_iam_role.a.arn } }""", "aws_iam_role.a, aws_iam_role.b")]
    [InlineData("""{ role = { arn = [for key, one in { x = aws_iam_role.a } : one.arn if key != "${one.name}"][0] } }""", "aws_iam_role.a")]
    [InlineData("""{ for name in ["role"] : name => { arn = aws_iam_role.a.arn } }""", "aws_iam_role.a")]
    public async Task A_member_of_an_object_leads_to_what_it_names_and_not_to_its_neighbours(string task, string expected)
    {
        const string Module = """
            variable "task" { type = any }

            resource "aws_ecs_task_definition" "this" {
              family                = "task"
              task_role_arn         = try(var.task.role.arn, null)
              container_definitions = "[]"
            }
            """;
        var called = $$"""
            provider "aws" { region = "eu-central-1" }

            resource "aws_iam_role" "a" {
              name               = "a"
              assume_role_policy = "{}"
            }

            resource "aws_iam_role" "b" {
              name               = "b"
              assume_role_policy = "{}"
            }

            module "roles" {
              source   = "./roles"
              for_each = toset(["x"])
            }

            module "task" {
              source = "./task"
              task   = {{task}}
            }
            """;
        const string Roles = """
            resource "aws_iam_role" "c" {
              name               = "c"
              assume_role_policy = "{}"
            }

            output "role" { value = { arn = aws_iam_role.c.arn } }
            """;
        await using var root = await TerraformRoot.CopyAsync(
            Scratch.Folder(workbench, [("main.tf", called), ("task/main.tf", Module), ("roles/main.tf", Roles)]), Scratch.Stop);
        var plan = await root.PlanAsync(Scratch.Stop);

        var led = new PlanReferences(plan).Of(plan["module.task.aws_ecs_task_definition.this"], "task_role_arn");

        Assert.Equal(expected, string.Join(", ", led.Order(StringComparer.Ordinal)));
    }
}
