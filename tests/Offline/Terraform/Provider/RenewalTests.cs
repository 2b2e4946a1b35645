using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>Values that the cloud sets again when something else changes: unknown in the plan, and different after the apply.</summary>
public sealed class RenewalTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_count_on_and_what_hangs_on_an_argument_follows_it()
    {
        await using var root = await TerraformRoot.CopyAsync(Scratch.Folder(workbench, Configuration(step: 1)), Stop);
        await root.ApplyAsync(Stop);
        var first = await root.StateAsync(Stop);

        await File.WriteAllTextAsync(Path.Combine(root.Folder, "main.tf"), Configuration(step: 2), Stop);
        var plan = await root.PlanAsync(Stop);
        await root.ApplyAsync(Stop, plan);
        var second = await root.StateAsync(Stop);

        (string Address, string Attribute, string Before, string After)[] renewed =
        [
            ("aws_launch_template.this", "latest_version", "1", "2"),
            ("aws_lambda_function.this", "version", "1", "2"),
            ("aws_ecs_task_definition.this", "revision", "1", "2"),
            ("aws_ssm_parameter.this", "version", "1", "2"),
        ];

        foreach (var (address, attribute, before, after) in renewed)
        {
            Assert.False(plan[address].Planned(attribute).IsKnown, $"{address}.{attribute} is known before the apply");
            Assert.Equal((before, after), (first[address].Values[attribute]!.ToString(), second[address].Values[attribute]!.ToString()));
        }

        Assert.False(plan["aws_dynamodb_table.this"].Planned("stream_arn").IsKnown);
        Assert.Equal("", (string?)first["aws_dynamodb_table.this"].Values["stream_arn"]);
        Assert.Contains("table/renewed/stream/", (string?)second["aws_dynamodb_table.this"].Values["stream_arn"], StringComparison.Ordinal);
        Assert.EndsWith("/renewed:2", (string?)second["aws_ecs_task_definition.this"].Values["arn"], StringComparison.Ordinal);
        Assert.True((await root.PlanAsync(Stop)).IsEmpty);
    }

    private static string Configuration(int step) => $$"""
        provider "aws" {
          region = "eu-central-1"
        }
        resource "aws_launch_template" "this" {
          name          = "renewed"
          instance_type = "t3.{{(step == 1 ? "small" : "large")}}"
        }
        resource "aws_iam_role" "this" {
          name               = "renewed"
          assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
        }
        resource "aws_lambda_function" "this" {
          function_name = "renewed"
          role          = aws_iam_role.this.arn
          package_type  = "Image"
          image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/renewed:{{step}}"
          publish       = true
        }
        resource "aws_ecs_task_definition" "this" {
          family                = "renewed"
          container_definitions = jsonencode([{ name = "a", image = "a:{{step}}" }])
        }
        resource "aws_ssm_parameter" "this" {
          name  = "/renewed"
          type  = "String"
          value = "{{step}}"
        }
        resource "aws_dynamodb_table" "this" {
          name             = "renewed"
          billing_mode     = "PAY_PER_REQUEST"
          hash_key         = "id"
          stream_enabled   = {{(step == 1 ? "false" : "true")}}
          stream_view_type = {{(step == 1 ? "null" : "\"KEYS_ONLY\"")}}
          attribute {
            name = "id"
            type = "S"
          }
        }
        """;
}
