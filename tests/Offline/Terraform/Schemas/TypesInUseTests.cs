using Causeway.Harness.Terraform.Hcl;
using Causeway.Harness.Terraform.Schemas;

namespace Causeway.Offline.Terraform.Schemas;

/// <summary>What a configuration uses is found, wherever it is written, and what only looks like it is not.</summary>
public sealed class TypesInUseTests(Workbench workbench)
{
    private string Folder(params (string File, string Text)[] files)
    {
        var folder = Path.Combine(workbench.Scratch.FullName, Guid.NewGuid().ToString("N"));

        foreach (var (file, text) in files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return folder;
    }

    private static IEnumerable<string> Names(TypesInUse used) => used.Types.Select(type => type.ToString());

    [Fact]
    public void Resources_data_and_ephemerals_are_found()
    {
        var used = TypesInUse.Find(Folder(("main.tf", """
            resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
            resource aws_subnet this {
              vpc_id = aws_vpc.this.id
            }
            data "aws_region" "now" {}
            ephemeral "aws_ssm_parameter" "secret" { arn = "x" }
            resource "terraform_data" "own" {}
            check "up" {
              data "http" "page" { url = "https://example.org" }
            }
            """)));

        Assert.Equal(["data.aws_region", "ephemeral.aws_ssm_parameter", "aws_subnet", "aws_vpc", "data.http"], Names(used));
        Assert.Equal(["registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/http"], used.Providers.Select(provider => provider.Address));
    }

    [Fact]
    public void Comments_strings_and_heredocs_are_not_configuration()
    {
        var used = TypesInUse.Find(Folder(("main.tf", """
            # resource "aws_a" "x" {}
            // resource "aws_b" "x" {}
            /* resource "aws_c" "x" {}
            */
            locals {
              text  = "resource \"aws_d\" \"x\" { ${join("}", ["{"])} %{if true}}%{endif} $${"
              block = <<-EOT
                resource "aws_e" "x" {
                ${jsonencode({ a = "}" })}
              EOT
              plain = <<END
            data "aws_f" "x" {}
            END
              sum   = 1 <= 2 ? { a = "b" } : {
                resource = "aws_g"
              }
            }
            resource "aws_h" "x" {}
            """)));

        Assert.Equal(["aws_h"], Names(used));
    }

    [Fact]
    public void Types_that_moved_were_removed_or_are_imported_count()
    {
        var used = TypesInUse.Find(Folder(
            ("main.tf", """
            moved {
              from = module.old["a.b"].aws_a.x
              to   = module.new[0].module.inner.aws_b.x["k"]
            }
            removed {
              from = aws_c.x
              lifecycle { destroy = false }
            }
            import {
              to = aws_d.x[each.key]
              id = "i-1"
            }
            moved {
              from = module.a
              to   = module.b
            }
            """),
            ("terraform.tfstate", """
            { "version": 4, "resources": [
              { "mode": "managed", "type": "aws_e", "provider": "module.a.provider[\"registry.terraform.io/hashicorp/aws\"].west" },
              { "mode": "data", "type": "aws_f", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]" } ] }
            """)));

        Assert.Equal(["aws_a", "aws_b", "aws_c", "aws_d", "aws_e", "data.aws_f"], Names(used));
    }

    [Fact]
    public void Providers_are_those_the_module_requires_by_its_own_names()
    {
        var folder = Folder(
            ("versions.tf", """
            terraform {
              required_providers {
                aws    = { source = "hashicorp/aws", version = ">= 6.0" }
                hub    = { "source" : "integrations/github" }
                legacy = "~> 2.0"
                own    = { source = "example.org/team/own" }
              }
            }
            provider "aws" { region = "eu-central-1" }
            """),
            ("main.tf", """
            resource "github_repository" "r" { provider = hub.other }
            resource "own_thing" "t" {}
            """));

        var used = TypesInUse.Find(folder);

        Assert.Equal(
            [
                "example.org/team/own", "registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/legacy",
                "registry.terraform.io/integrations/github"
            ],
            used.Providers.Select(provider => provider.Address));
        Assert.Equal([">= 6.0"], used.Providers[1].Constraints.Select(constraint => constraint.Text));
        Assert.Equal(Path.Combine(folder, "versions.tf"), used.Providers[1].File);
        Assert.Equal(new UsedType("registry.terraform.io/integrations/github", TypeKind.Resource, "github_repository"), used.Types[0]);
        Assert.Equal("example.org/team/own", used.Types[1].Provider);
    }

    [Fact]
    public void Local_modules_are_followed_and_others_reported()
    {
        var folder = Folder(
            ("module/main.tf", """resource "aws_outer" "x" {}"""),
            ("module/examples/complete/main.tf", """
            module "this" { source = "../../" }
            module "vpc" {
              source  = "terraform-aws-modules/vpc/aws"
              version = "~> 6.0"
            }
            resource "aws_example" "x" {}
            """),
            ("module/examples/complete/deep/main.tf", """resource "aws_deep" "x" {}"""));

        var example = Path.Combine(folder, "module", "examples", "complete");
        var used = TypesInUse.Find(example);

        Assert.Equal(["aws_deep", "aws_example", "aws_outer"], Names(used));
        Assert.Equal([new ModuleCall("vpc", Path.Combine(example, "main.tf"), 2, "terraform-aws-modules/vpc/aws", "~> 6.0")], used.Modules);
        Assert.Equal(["aws_example", "aws_outer"], Names(TypesInUse.FindReachable(example)));
    }

    [Fact]
    public void Json_is_read_like_the_other_syntax()
    {
        var used = TypesInUse.Find(Folder(("main.tf.json", """
            {
              "//": "a comment",
              "terraform": { "required_providers": { "hub": { "source": "integrations/github", "version": "6.9.0" } } },
              "resource": { "aws_a": { "x": { "tags": { "resource": "aws_no" } } }, "github_b": { "x": [ { "provider": "hub" } ] } },
              "data": [ { "aws_c": { "x": {} } } ],
              "moved": [ { "from": "aws_d.x", "to": "module.m.aws_e.x" } ],
              "module": { "m": { "source": "git::https://example.org/m.git" } }
            }
            """)));

        Assert.Equal(["aws_a", "data.aws_c", "aws_d", "aws_e", "github_b"], Names(used));
        Assert.Equal(["registry.terraform.io/hashicorp/aws", "registry.terraform.io/integrations/github"], used.Providers.Select(provider => provider.Address));
        Assert.Equal("git::https://example.org/m.git", Assert.Single(used.Modules).Source);
    }

    [Theory]
    [InlineData("broken.tf.json", "{")]
    [InlineData("terraform.tfstate", "[]")]
    public void A_file_that_cannot_be_read_is_named(string file, string text) =>
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => TypesInUse.Find(Folder((file, text)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("resource \"aws_vpc\" \"x\" {")]
    [InlineData("locals { a = \"${")]
    [InlineData("locals {\n a = <<EOT\nnever ended")]
    [InlineData("}}} = = \"x\" [ ( /* never ended")]
    public void What_is_malformed_is_left_to_Terraform(string text) => TypesInUse.Find(Folder(("main.tf", text)));

    [Fact]
    public void Fetched_modules_count_and_fetched_providers_do_not()
    {
        var used = TypesInUse.Find(Folder(
            (".terraform/modules/vpc/main.tf", """resource "aws_in_module" "x" {}"""),
            (".terraform/providers/main.tf", """resource "aws_in_provider" "x" {}"""),
            (".git/main.tf", """resource "aws_in_git" "x" {}""")));

        Assert.Equal(["aws_in_module"], Names(used));
    }
}
