using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>A statement whose <c>sid</c> is the empty text has none: modules write it so where a caller gives no sid.</summary>
public sealed class EmptySidTests(Workbench workbench)
{
    private const string Configuration = """
        provider "aws" { region = "eu-central-1" }
        data "aws_iam_policy_document" "read" {
          dynamic "statement" {
            for_each = ["s3:GetObject", "s3:ListBucket"]
            content {
              sid       = ""
              actions   = [statement.value]
              resources = ["arn:aws:s3:::any", "arn:aws:s3:::any/*"]
            }
          }
        }
        locals {
          plain = jsonencode({
            Version   = "2012-10-17"
            Statement = [for action in ["s3:GetObject", "s3:ListBucket"] : { Sid = "", Effect = "Allow", Action = action, Resource = "*" }]
          })
        }
        resource "aws_iam_role" "any" {
          name = "any"
          assume_role_policy = jsonencode({
            Version   = "2012-10-17"
            Statement = [{ Sid = "", Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
          })
        }
        resource "aws_iam_role_policy" "any" {
          role   = aws_iam_role.any.name
          policy = local.plain
        }
        resource "aws_iam_policy" "any" {
          name   = "any"
          policy = data.aws_iam_policy_document.read.json
        }
        resource "aws_s3_bucket" "any" { bucket = "any-with-policy" }
        resource "aws_s3_bucket_policy" "any" {
          bucket = aws_s3_bucket.any.id
          policy = jsonencode({
            Version   = "2012-10-17"
            Statement = [{ Sid = "", Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.any.arn}/*" }]
          })
        }
        resource "aws_sqs_queue" "any" {
          name   = "any"
          policy = local.plain
        }
        data "aws_iam_policy_document" "merged" {
          source_policy_documents = [local.plain, local.plain]
        }
        output "read" { value = data.aws_iam_policy_document.read.minified_json }
        output "merged" { value = length(jsondecode(data.aws_iam_policy_document.merged.json).Statement) }
        """;

    [Fact]
    public async Task It_is_accepted_wherever_a_policy_is_written_and_is_not_printed()
    {
        await using var root = await Scratch.CopyAsync(workbench, Configuration);

        await root.ApplyAsync(Scratch.Stop);

        Assert.True((await root.PlanAsync(Scratch.Stop)).IsEmpty);
        var outputs = await root.OutputAsync(Scratch.Stop);
        Assert.DoesNotContain("Sid", (string?)outputs["read"].Value, StringComparison.Ordinal);
        Assert.Equal(4, (int?)outputs["merged"].Value);
        await root.DestroyAsync(Scratch.Stop);
        CloudFile.ExpectEmpty(root.Cloud);
    }
}
