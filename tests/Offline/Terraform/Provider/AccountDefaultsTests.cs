using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Running;
using Causeway.Provider.Cloud;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>What every account has from the start is found by data sources, and is not in the file of the simulated cloud.</summary>
public sealed partial class AccountDefaultsTests(Workbench workbench)
{
    private const string Account = "111111111111";
    private const string Region = "eu-central-1";

    // The data sources, and the attribute that shows which resource was found.
    private const string Lookups = """
        provider "aws" { region = "eu-central-1" }

        data "aws_cloudwatch_event_bus" "default" { name = "default" }
        output "event_bus" { value = data.aws_cloudwatch_event_bus.default.arn }

        data "aws_kms_alias" "s3" { name = "alias/aws/s3" }
        data "aws_kms_key" "s3" { key_id = "alias/aws/s3" }
        output "key" { value = data.aws_kms_key.s3.key_manager }
        output "key_of_the_alias" { value = data.aws_kms_alias.s3.target_key_arn == data.aws_kms_key.s3.arn }

        data "aws_vpc" "default" { default = true }
        output "vpc" { value = data.aws_vpc.default.cidr_block }

        data "aws_security_group" "default" {
          vpc_id = data.aws_vpc.default.id
          name   = "default"
        }
        output "security_group" { value = data.aws_security_group.default.description }

        data "aws_vpc_dhcp_options" "default" {
          filter {
            name   = "dhcp-options-id"
            values = [data.aws_vpc.default.dhcp_options_id]
          }
        }
        output "dhcp_options" { value = data.aws_vpc_dhcp_options.default.domain_name }

        data "aws_route_table" "main" {
          vpc_id = data.aws_vpc.default.id
          filter {
            name   = "association.main"
            values = ["true"]
          }
        }
        output "route_table" { value = data.aws_route_table.main.id == data.aws_vpc.default.main_route_table_id }

        data "aws_internet_gateway" "default" {
          filter {
            name   = "attachment.vpc-id"
            values = [data.aws_vpc.default.id]
          }
        }
        output "internet_gateway" { value = startswith(data.aws_internet_gateway.default.id, "igw-") }

        data "aws_subnets" "default" {
          filter {
            name   = "vpc-id"
            values = [data.aws_vpc.default.id]
          }
        }
        output "subnets" { value = length(data.aws_subnets.default.ids) }

        data "aws_iam_role" "ecs" { name = "AWSServiceRoleForECS" }
        output "service_linked_role" { value = data.aws_iam_role.ecs.arn }

        data "aws_db_parameter_group" "postgres" { name = "default.postgres17" }
        output "parameter_group" { value = data.aws_db_parameter_group.postgres.family }

        data "aws_ebs_encryption_by_default" "here" {}
        output "encryption" { value = data.aws_ebs_encryption_by_default.here.enabled }

        resource "aws_vpc" "own" { cidr_block = "10.0.0.0/16" }
        data "aws_security_group" "own" {
          vpc_id = aws_vpc.own.id
          name   = "default"
        }
        output "own_security_group" { value = data.aws_security_group.own.id == aws_vpc.own.default_security_group_id }

        resource "aws_cloudwatch_event_rule" "any" {
          name                = "any"
          event_bus_name      = data.aws_cloudwatch_event_bus.default.name
          schedule_expression = "rate(5 minutes)"
        }
        resource "aws_iam_role_policy_attachment" "any" {
          role       = data.aws_iam_role.ecs.name
          policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        }
        """;

    [Fact]
    public async Task Data_sources_find_it_and_what_is_made_may_name_it()
    {
        await using var root = await Scratch.CopyAsync(workbench, Lookups);

        await root.ApplyAsync(Scratch.Stop);

        Assert.True((await root.PlanAsync(Scratch.Stop)).IsEmpty);
        var outputs = await root.OutputAsync(Scratch.Stop);
        var account = ((string?)outputs["event_bus"].Value)!.Split(':')[4];
        (string Name, JsonNode Value)[] expected =
        [
            ("event_bus", $"arn:aws:events:eu-central-1:{account}:event-bus/default"),
            ("key", "AWS"),
            ("key_of_the_alias", true),
            ("vpc", "172.31.0.0/16"),
            ("security_group", "default VPC security group"),
            ("dhcp_options", "eu-central-1.compute.internal"),
            ("route_table", true),
            ("internet_gateway", true),
            ("subnets", 3),
            ("service_linked_role", $"arn:aws:iam::{account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
            ("parameter_group", "postgres17"),
            ("encryption", false),
            ("own_security_group", true),
        ];
        Assert.Equal(
            expected.Select(one => $"{one.Name} = {one.Value.ToJsonString()}"),
            expected.Select(one => $"{one.Name} = {outputs[one.Name].Value?.ToJsonString()}"));
        Assert.Equal(expected.Length, outputs.Count);
        await root.DestroyAsync(Scratch.Stop);
        CloudFile.ExpectEmpty(root.Cloud);
    }

    [Fact]
    public void Every_entry_of_the_table_is_there_once_with_its_page()
    {
        var table = JsonNode.Parse(File.ReadAllText(workbench.Checkout.PathTo("src", "Provider", "Cloud", "account.json")))!["resources"]!.AsArray();
        var there = AccountDefaults.Of(Account, Region, "aws");
        var gate = new Gate("entries of account.json", table.Select(entry => (string)entry!["type"]!));

        foreach (var entry in table)
        {
            var type = (string)entry!["type"]!;
            var wanted = entry["each"]?.AsArray().Count ?? 1;
            var found = there.Where(resource => resource.Type == type && !resource.Key.StartsWith("default ", StringComparison.Ordinal)).ToArray();
            gate.Record(
                type,
                found.Length != wanted ? $"{wanted} expected, {found.Length} found"
                    : found.DistinctBy(resource => resource.Id).Count() != found.Length && type is not "aws_ebs_default_kms_key" ? "two have one id"
                    : found.FirstOrDefault(resource => Placeholder().IsMatch(resource.Values.ToString()!)) is { } open ? $"{open.Key}: a placeholder is left"
                    : ((string?)entry["docs"])?.StartsWith(
                        "https://docs.aws.amazon.com/", StringComparison.Ordinal) is not true ? "`docs` names no page of AWS's"
                    : null);
        }

        gate.Close();
        Assert.Equal(there.Count, there.DistinctBy(resource => resource.Key).Count());
    }

    [GeneratedRegex(@"\{[a-z0-9.]+\}")]
    private static partial Regex Placeholder();
}
