namespace Causeway.Offline.Terraform.Provider;

/// <summary>One life of every kind of nesting, under the real Terraform.</summary>
public sealed class ResourceLifeTests(Workbench workbench)
{
    [Fact]
    public async Task Every_way_of_nesting_is_applied_changed_and_removed()
    {
        var folder = await TerraformFolder.WithAsync(workbench, """
            resource "sample_network" "main" {
              name = "main"
              cidr = "10.0.0.0/16"
              tags = { Name = "main" }
            }
            resource "sample_host" "main" {
              name       = "a"
              network_id = sample_network.main.id
              anything   = { list = ["x", 1, true], id = sample_network.main.id, none = null }
              policy     = jsonencode({ a = sample_network.main.arn })
              settings   = { network = sample_network.main.id }
              limits     = { memory = 18446744073709551616 }
              mounts     = { a = { path = "/a" }, b = { path = sample_network.main.id } }
              ports      = [{ number = 0.1 }, { number = 2 }]
              roles      = [{ name = "a" }, { name = sample_network.main.id }]
              disk {
                size  = 1
                label = "first"
              }
              disk { size = 2 }
              rule { port = 1 }
              rule {
                port       = 2
                network_id = sample_network.main.id
              }
              timeouts { create = "1m" }
              zone "x" { weight = 1 }
              zone "y" { weight = 2 }
            }
            output "host" {
              value     = sample_host.main
              sensitive = true
            }
            """);

        Assert.Equal(["create sample_host.main", "create sample_network.main"], await folder.ApplyAsync());
        var host = await folder.OutputAsync("host");
        Assert.Matches("^host-0[0-9a-f]{16}$", (string?)host?["id"]);
        Assert.Equal("18446744073709551616", host?["limits"]?["memory"]?.ToJsonString());
        Assert.Equal("0.1", host?["ports"]?[0]?["number"]?.ToJsonString());
        Assert.Equal(1, (int?)host?["replicas"]);
        Assert.NotEqual((string?)host?["disk"]?[0]?["id"], (string?)host?["disk"]?[1]?["id"]);
        Assert.NotEqual((string?)host?["rule"]?[0]?["id"], (string?)host?["rule"]?[1]?["id"]);

        folder.Configure("""
            resource "sample_network" "main" {
              name = "main"
              cidr = "10.0.0.0/16"
              tags = { Name = "main" }
            }
            resource "sample_host" "main" {
              name     = "a"
              anything = tolist(["x"])
              replicas = 3
              limits   = { cpu = 2 }
              mounts   = { b = { path = "/b" } }
              ports    = [{ number = 2 }]
              roles    = [{ name = "c" }, { name = "a" }]
              disk {
                size  = 1
                label = "renamed"
              }
              disk { size = 2 }
              rule { port = 2 }
              zone "y" { weight = 3 }
            }
            output "host" {
              value     = sample_host.main
              sensitive = true
            }
            """);

        Assert.Equal(["update sample_host.main"], await folder.ApplyAsync());
        var changed = await folder.OutputAsync("host");
        Assert.Equal((string?)host?["id"], (string?)changed?["id"]);
        Assert.Equal((string?)host?["disk"]?[0]?["id"], (string?)changed?["disk"]?[0]?["id"]);
        Assert.Equal((string?)host?["mounts"]?["b"]?["id"], (string?)changed?["mounts"]?["b"]?["id"]);
        Assert.Null(changed?["policy"]);

        await folder.RunAsync("destroy", "-auto-approve");
        Assert.Empty(folder.Resources());
    }
}
