namespace Causeway.Offline.Terraform.Provider;

/// <summary>Resources that stay while the configuration around them changes: imported, moved, let go, found again.</summary>
public sealed class RefactoringTests(Workbench workbench)
{
    private const string Network = """
        terraform {
          required_providers {
            sample = { source = "causeway/sample" }
          }
        }
        variable "name" { type = string }
        resource "sample_network" "this" {
          name = var.name
          cidr = "10.1.0.0/16"
        }
        output "id" { value = sample_network.this.id }
        """;

    [Fact]
    public async Task What_is_moved_is_neither_made_nor_removed_and_what_is_let_go_stays()
    {
        var folder = await TerraformFolder.WithAsync(
            workbench,
            """
            resource "sample_network" "old" {
              name = "old"
              cidr = "10.0.0.0/16"
            }
            resource "sample_network" "plain" {
              name = "plain"
              cidr = "10.1.0.0/16"
            }
            resource "sample_host" "counted" {
              count = 2
              name  = "host-${count.index}"
            }
            """,
            ("net/main.tf", Network));
        await folder.ApplyAsync();
        var before = Keys();
        Assert.Equal(4, before.Length);

        folder.Configure("""
            resource "sample_network" "new" {
              name = "old"
              cidr = "10.0.0.0/16"
            }
            module "net" {
              source = "./net"
              name   = "plain"
            }
            resource "sample_host" "counted" {
              for_each = { a = "host-0", b = "host-1" }
              name     = each.value
            }
            moved {
              from = sample_network.old
              to   = sample_network.new
            }
            moved {
              from = sample_network.plain
              to   = module.net.sample_network.this
            }
            moved {
              from = sample_host.counted[0]
              to   = sample_host.counted["a"]
            }
            moved {
              from = sample_host.counted[1]
              to   = sample_host.counted["b"]
            }
            """);
        await folder.RunAsync("init");
        Assert.Equal(
            [
                "move to module.net.sample_network.this sample_network.plain",
                "move to sample_host.counted[\"a\"] sample_host.counted[0]",
                "move to sample_host.counted[\"b\"] sample_host.counted[1]",
                "move to sample_network.new sample_network.old",
            ],
            await folder.ApplyAsync());
        Assert.Equal(before, Keys());

        folder.Configure("""
            removed {
              from = sample_network.new
              lifecycle { destroy = false }
            }
            removed {
              from = module.net
              lifecycle { destroy = true }
            }
            resource "sample_host" "counted" {
              for_each = { a = "host-0", b = "host-1" }
              name     = each.value
            }
            """);
        Assert.Equal(["destroy module.net.sample_network.this", "forget sample_network.new"], await folder.ApplyAsync());
        Assert.Equal(["host-0", "host-1", "old"], folder.Resources().Select(resource => resource.Values["name"].AsText).Order());

        string[] Keys() => [.. folder.Resources().Select(resource => resource.Key).Order()];
    }

    [Fact]
    public async Task What_is_there_is_imported_by_block_and_by_command()
    {
        const string Resources = """
            resource "sample_network" "main" {
              name = "main"
              cidr = "10.0.0.0/16"
              tags = { a = "b" }
            }
            resource "sample_host" "main" {
              name       = "host"
              network_id = sample_network.main.id
              ports      = [{ number = 1 }]
              disk { size = 1 }
              zone "x" { weight = 1 }
            }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Resources);
        await folder.ApplyAsync();
        var (network, host) = (Id("sample_network"), Id("sample_host"));
        await folder.RunAsync("state", "rm", "sample_network.main", "sample_host.main");

        await folder.RunAsync("import", "sample_host.main", host);
        folder.Configure($$"""
            {{Resources}}
            import {
              to = sample_network.main
              id = "{{network}}"
            }
            """);

        Assert.Equal(["import sample_network.main"], await folder.ApplyAsync());
        Assert.Equal((network, host), (Id("sample_network"), Id("sample_host")));

        // An import may bring changes with it.
        await folder.RunAsync("state", "rm", "sample_network.main");
        folder.Configure($$"""
            {{Resources.Replace("{ a = \"b\" }", "{ a = \"c\" }", StringComparison.Ordinal)}}
            import {
              to = sample_network.main
              id = "{{network}}"
            }
            """);
        Assert.Equal(["update sample_network.main"], await folder.ApplyAsync());
        Assert.Equal(2, folder.Resources().Count);

        await folder.RunAsync("state", "rm", "sample_network.main");
        var refusal = await folder.RefusedAsync("import", "sample_network.main", "network-00000000000000000");
        Assert.Contains("Cannot import non-existent remote object", refusal, StringComparison.Ordinal);
        Assert.Contains("network-00000000000000000", refusal, StringComparison.Ordinal);

        string Id(string type) => folder.Resources().Single(resource => resource.Type == type).Id!;
    }

    [Fact]
    public async Task What_vanished_behind_Terraforms_back_is_seen_and_made_again()
    {
        var folder = await TerraformFolder.WithAsync(workbench, """
            resource "sample_network" "main" {
              name = "main"
              cidr = "10.0.0.0/16"
            }
            resource "sample_host" "main" {
              name       = "host"
              network_id = sample_network.main.id
            }
            output "id" { value = sample_host.main.id }
            output "answer" { value = { a = [1, "x"] } }
            """);
        await folder.ApplyAsync();
        var id = (string?)await folder.OutputAsync("id");
        folder.Delete(resource => resource.Id == id);

        var refreshed = await folder.RunAsync("plan", "-refresh-only");
        Assert.Contains("sample_host.main has been deleted", refreshed.Output, StringComparison.Ordinal);
        Assert.Equal(["create sample_host.main"], await folder.PlanAsync());
        await folder.RunAsync("apply", "-refresh-only", "-auto-approve");
        Assert.DoesNotContain(id!, folder.State.Split("\"resources\"")[1], StringComparison.Ordinal);
        Assert.Equal(["create sample_host.main"], await folder.ApplyAsync());

        var console = await (folder.Terraform with { Arguments = ["console"] })
            .WithInput("[sample_host.main.network_id == sample_network.main.id, cidrsubnet(sample_network.main.cidr, 8, 1)]\n")
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("[ true, \"10.0.1.0/24\", ]", string.Join(' ', console.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("""{"a":[1,"x"]}""", (await folder.OutputAsync("answer"))?.ToJsonString());

        await folder.RunAsync("state", "mv", "sample_host.main", "sample_host.other");
        Assert.Equal(["create sample_host.main", "destroy sample_host.other"], await folder.PlanAsync());
        await folder.RunAsync("state", "mv", "sample_host.other", "sample_host.main");
        await folder.MustBeDoneAsync();
    }
}
