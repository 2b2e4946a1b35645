using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;
using Causeway.Offline.Terraform.Plans;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>Defects of every kind that Terraform code has, each caught, and where it is. (A cycle between stacks: StacksTests.)</summary>
public sealed class SeededDefectTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Configurations))]
    public async Task A_defect_is_caught_with_its_place(string defect, string configuration, string place, string complaint)
    {
        var folder = Scratch.Folder(workbench, [("main.tf", $"provider \"aws\" {{\n  region = \"eu-central-1\"\n}}\n{configuration}")], defect);
        await using var root = await TerraformRoot.CopyAsync(folder, Stop);

        var refused = await Assert.ThrowsAsync<TerraformException>(() => root.ApplyAsync(Stop));

        Assert.Contains(refused.Diagnostics, diagnostic =>
            diagnostic.IsError && diagnostic.ToString().Contains(complaint, StringComparison.Ordinal) && $"{diagnostic.File}:{diagnostic.Line}" == place);
    }

    /// <summary>The provider's configuration takes lines 1 to 3.</summary>
    public static TheoryData<string, string, string, string> Configurations => new()
    {
        {
            "missing required",
            """
            resource "aws_subnet" "this" {
              cidr_block = "10.0.0.0/24"
            }
            """,
            "main.tf:4", "Missing required argument"
        },
        {
            "wrong type",
            """
            resource "aws_vpc" "this" {
              cidr_block         = "10.0.0.0/16"
              enable_dns_support = "perhaps"
            }
            """,
            "main.tf:6", "a bool is required"
        },
        {
            "dangling id",
            """
            resource "aws_subnet" "this" {
              vpc_id     = "vpc-0123456789abcdef0"
              cidr_block = "10.0.0.0/24"
            }
            """,
            "main.tf:5", "vpc_id names vpc-0123456789abcdef0, which does not exist"
        },
        {
            "dangling ARN",
            """
            resource "aws_kms_key" "this" {}
            resource "aws_cloudwatch_log_group" "this" {
              name       = "a"
              kms_key_id = replace(aws_kms_key.this.arn, "/key\\/.{4}/", "key/0000")
            }
            """,
            "main.tf:7", "which does not exist"
        },
        {
            "duplicate name",
            """
            resource "aws_iam_role" "this" {
              for_each           = toset(["a", "b"])
              name               = "same"
              assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
            }
            """,
            "main.tf:6", "aws_iam_role same exists already"
        },
        {
            "wrong block count",
            """
            resource "aws_dynamodb_table" "this" {
              name         = "t"
              billing_mode = "PAY_PER_REQUEST"
              hash_key     = "id"
              ttl {
                attribute_name = "a"
              }
              ttl {
                attribute_name = "b"
              }
            }
            """,
            "main.tf:11", "No more than 1 \"ttl\" blocks are allowed"
        },
        {
            "read-only attribute",
            """
            resource "aws_vpc" "this" {
              cidr_block = "10.0.0.0/16"
              owner_id   = "123456789012"
            }
            """,
            "main.tf:6", "Value for unconfigurable attribute"
        },
        {
            "invalid CIDR",
            """
            resource "aws_vpc" "this" {
              cidr_block = "10.0.0.0/33"
            }
            """,
            "main.tf:5", "is not an IPv4 network in CIDR notation"
        },
        {
            "host bits in a network",
            """
            resource "aws_vpc" "this" {
              cidr_block = "10.0.0.1/16"
            }
            """,
            "main.tf:5", "all bits behind the first 16 must be zero"
        },
        {
            "cycle between resources",
            """
            resource "aws_security_group" "a" {
              description = aws_security_group.b.id
            }
            resource "aws_security_group" "b" {
              description = aws_security_group.a.id
            }
            """,
            ":", "Cycle: "
        },
    };
}
