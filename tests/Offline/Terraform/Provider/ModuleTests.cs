using System.Text.Json.Nodes;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>Modules, providers in two regions, and data sources that wait for what is not there yet.</summary>
public sealed class ModuleTests(Workbench workbench)
{
    private const string Site = """
        terraform {
          required_providers {
            aws = {
              source                = "hashicorp/aws"
              configuration_aliases = [aws.backup]
            }
          }
        }
        variable "name" {
          type = string
        }
        resource "aws_vpc" "main" {
          cidr_block = "10.0.0.0/16"
          tags       = { Name = var.name }
        }
        resource "aws_vpc" "backup" {
          provider   = aws.backup
          cidr_block = "10.1.0.0/16"
          tags       = { Name = var.name }
        }
        data "aws_vpc" "found" {
          provider = aws.backup
          id       = aws_vpc.backup.id
        }
        output "vpcs" {
          value = { main = aws_vpc.main, backup = aws_vpc.backup, found = data.aws_vpc.found.arn }
        }
        """;

    [Fact]
    public async Task Two_regions_in_a_module_are_two_places_of_one_cloud()
    {
        const string Configuration = """
            provider "aws" {
              region = "eu-central-1"
              default_tags { tags = { owner = "tests" } }
            }
            provider "aws" {
              alias  = "backup"
              region = "eu-west-1"
            }
            module "site" {
              source    = "./site"
              for_each  = toset(["one", "two"])
              name      = each.key
              providers = { aws = aws, aws.backup = aws.backup }
            }
            output "vpcs" { value = { for name, site in module.site : name => site.vpcs } }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Configuration, ("site/main.tf", Site));

        Assert.Contains("read module.site[\"one\"].data.aws_vpc.found", await folder.PlanAsync());
        await folder.ApplyAsync();
        var vpcs = await folder.OutputAsync("vpcs");

        Assert.StartsWith("arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0", Text("one", "main", "arn"), StringComparison.Ordinal);
        Assert.StartsWith("arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0", Text("two", "backup", "arn"), StringComparison.Ordinal);
        Assert.Equal(Text("one", "backup", "arn"), (string?)vpcs?["one"]?["found"]);
        Assert.Equal(("eu-central-1", "eu-west-1"), (Text("one", "main", "region"), Text("one", "backup", "region")));
        Assert.Equal("""{"Name":"one","owner":"tests"}""", vpcs?["one"]?["main"]?["tags_all"]?.ToJsonString());
        Assert.Equal("""{"Name":"one"}""", vpcs?["one"]?["backup"]?["tags_all"]?.ToJsonString());
        Assert.Equal(4, folder.Resources().Select(resource => resource.Id).Distinct().Count());
        Assert.Equal(["eu-central-1", "eu-central-1", "eu-west-1", "eu-west-1"], folder.Resources().Select(resource => resource.Region).Order());

        // A resource elsewhere is another resource.
        folder.Configure(Configuration.Replace("eu-west-1", "eu-north-1", StringComparison.Ordinal));
        var moved = await folder.PlanAsync();
        Assert.Contains("replace module.site[\"one\"].aws_vpc.backup", moved);
        Assert.DoesNotContain("replace module.site[\"one\"].aws_vpc.main", moved);

        string? Text(params string[] path) => (string?)path.Aggregate((JsonNode?)vpcs, (within, step) => within?[step]);
    }

    [Fact]
    public async Task A_data_source_that_finds_nothing_says_so_and_finds_what_another_configuration_made()
    {
        var maker = await TerraformFolder.WithAsync(workbench, """
            provider "aws" {
              region = "eu-central-1"
            }
            resource "aws_vpc" "main" {
              cidr_block = "10.0.0.0/16"
              tags       = { Name = "shared" }
            }
            resource "aws_subnet" "many" {
              count      = 3
              vpc_id     = aws_vpc.main.id
              cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 4, count.index)
            }
            output "ids" { value = sort(aws_subnet.many[*].id) }
            """);
        var user = await TerraformFolder.WithAsync(workbench, """
            provider "aws" {
              region = "eu-central-1"
            }
            data "aws_vpc" "main" {
              filter {
                name   = "tag:Name"
                values = ["shared"]
              }
            }
            data "aws_subnets" "main" {
              filter {
                name   = "vpc-id"
                values = [data.aws_vpc.main.id]
              }
            }
            output "ids" { value = sort(data.aws_subnets.main.ids) }
            """);

        var refusal = await user.RefusedAsync("plan");
        Assert.Contains("data.aws_vpc.main", refusal, StringComparison.Ordinal);
        Assert.Contains("vpc found", refusal, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("main.tf line 4", refusal, StringComparison.Ordinal);

        await maker.ApplyAsync();
        File.Delete(user.CloudPath);
        File.CreateSymbolicLink(user.CloudPath, maker.CloudPath);
        await user.ApplyAsync();

        Assert.Equal((await maker.OutputAsync("ids"))?.ToJsonString(), (await user.OutputAsync("ids"))?.ToJsonString());
    }
}
