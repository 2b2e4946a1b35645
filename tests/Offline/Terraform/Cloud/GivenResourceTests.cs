using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Cloud;

/// <summary>What exists outside of a run is declared for it, and found by its data sources.</summary>
public sealed class GivenResourceTests(Workbench workbench)
{
    private const string Zone = """
        provider "aws" { region = "eu-central-1" }
        data "aws_route53_zone" "main" { name = "example.org" }
        resource "aws_route53_record" "www" {
          zone_id = data.aws_route53_zone.main.zone_id
          name    = "www.example.org"
          type    = "A"
          ttl     = 60
          records = ["192.0.2.1"]
        }
        output "zone" { value = data.aws_route53_zone.main.zone_id }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lookup_of_what_is_not_given_shows_the_line_to_write_and_with_that_line_it_is_found()
    {
        var folder = Scratch.Folder(workbench, Zone);
        await using var without = await TerraformRoot.CopyAsync(folder, Stop);

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => without.PlanAsync(Stop));

        Assert.Contains("--given", refusal.Message, StringComparison.Ordinal);
        var line = Assert.Single(refusal.Message.Split('\n'), line => line.Trim().StartsWith('{')).Trim();
        Assert.Contains("\"type\":\"aws_route53_zone\"", line, StringComparison.Ordinal);
        var file = Path.Combine(folder, "declared.json");
        await File.WriteAllTextAsync(file, line, Stop);
        await using var with = await TerraformRoot.CopyAsync(folder, new() { Given = [file] }, Stop);

        await with.ApplyAsync(Stop);

        Assert.True((await with.PlanAsync(Stop)).IsEmpty);
        await with.DestroyAsync(Stop);
        CloudFile.ExpectEmpty(with.Cloud);
    }

    [Fact]
    public async Task Lookups_of_every_form_show_lines_that_are_a_file_to_name()
    {
        const string Lookups = """
            provider "aws" { region = "eu-central-1" }
            data "aws_route53_zone" "by_name" { name = "example.org." }
            data "aws_route53_zone" "private" {
              name         = "example.internal"
              private_zone = true
            }
            data "aws_vpc" "by_tag" { tags = { Name = "main" } }
            data "aws_vpc" "by_filter" {
              filter {
                name   = "tag:Environment"
                values = ["prod-*"]
              }
              filter {
                name   = "cidr-block"
                values = ["10.0.0.0/16"]
              }
            }
            data "aws_subnet" "by_tag_key" {
              filter {
                name   = "tag-key"
                values = ["kubernetes.io/role/elb"]
              }
            }
            data "aws_acm_certificate" "issued" {
              domain      = "example.org"
              statuses    = ["ISSUED"]
              most_recent = true
            }
            data "aws_secretsmanager_secret" "by_name" { name = "app/password" }
            data "aws_ecr_repository" "by_name" { name = "app" }
            data "aws_eks_cluster" "by_name" { name = "main" }
            data "aws_iam_role" "by_name" { name = "from-outside" }
            data "aws_s3_bucket" "by_name" { bucket = "from-outside" }
            data "aws_lb" "by_arn" { arn = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/app/main/0123456789abcdef" }
            data "aws_security_group" "by_id" { id = "sg-0123456789abcdef0" }
            """;
        var folder = Scratch.Folder(workbench, Lookups);
        await using var without = await TerraformRoot.CopyAsync(folder, Stop);

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => without.PlanAsync(Stop));

        string[] lines = [.. refusal.Diagnostics.Select(diagnostic => diagnostic.Detail.Split('\n').Last())];
        Assert.Equal(13, lines.Length);
        var file = Path.Combine(folder, "declared.json");
        await File.WriteAllLinesAsync(file, lines, Stop);
        await using var with = await TerraformRoot.CopyAsync(folder, new() { Given = [file] }, Stop);
        await with.ApplyAsync(Stop);
        Assert.True((await with.PlanAsync(Stop)).IsEmpty);
    }

    [Fact]
    public async Task A_file_beside_the_root_is_read_without_being_named_and_its_attributes_are_what_the_lookup_tells()
    {
        var folder = Scratch.Folder(
            workbench, [("main.tf", Zone), ("given.yaml", "- type: aws_route53_zone\n  attributes: { name: example.org, zone_id: Z0DECLARED }\n")]);
        await using var root = await TerraformRoot.CopyAsync(folder, Stop);

        await root.ApplyAsync(Stop);

        Assert.Equal("Z0DECLARED", (string?)(await root.OutputAsync(Stop))["zone"].Value);
        Assert.Equal("Z0DECLARED", (string?)(await root.StateAsync(Stop))["aws_route53_record.www"].Values["zone_id"]);
    }

    [Theory]
    [InlineData("- { type: a, attributes: { n: 1 } }\n- { address: data.external.x, result: { v: \"1\" } }")]
    [InlineData("[{ \"type\": \"a\", \"attributes\": { \"n\": 1 } }, { \"address\": \"data.external.x\", \"result\": { \"v\": \"1\" } }]")]
    [InlineData("{ \"type\": \"a\", \"attributes\": { \"n\": 1 } }\n{ \"address\": \"data.external.x\", \"result\": { \"v\": \"1\" } }\n")]
    [InlineData("type: a\nattributes: { n: 1 }\n---\naddress: data.external.x\nresult: { v: \"1\" }\n")]
    public void A_file_is_a_list_in_YAML_or_JSON_or_one_entry_after_the_other(string text)
    {
        var given = GivenResource.Read(Write(text));

        Assert.Equal(["a", "external"], given.Select(one => one.Type));
        Assert.Equal("""{"n":1}""", given[0].Attributes.ToJsonString());
        Assert.Equal("""{"result":{"v":"1"}}""", given[1].Attributes.ToJsonString());
        Assert.Equal("data.external.x", given[1].Address);
    }

    [Theory]
    [InlineData("- { type: a }")]
    [InlineData("- { type: a, address: data.a.b, attributes: {} }")]
    [InlineData("- { type: a, attributes: {}, regoin: x }")]
    [InlineData("- { type: a, attributes: [1] }")]
    [InlineData("- { type: [a], attributes: {} }")]
    [InlineData("- { address: aws_vpc.a, attributes: {} }")]
    [InlineData("- { address: module.data.external.b, result: {} }")]
    [InlineData("- a")]
    public void An_entry_of_another_form_is_refused_with_its_place(string text)
    {
        var file = Write("- { type: fine, attributes: {} }\n" + text);

        Assert.StartsWith($"{file}, entry 2: ", Assert.Throws<InvalidDataException>(() => GivenResource.Read(file)).Message, StringComparison.Ordinal);
    }

    private string Write(string text) => Path.Combine(Scratch.Folder(workbench, [("given", text)]), "given");
}
