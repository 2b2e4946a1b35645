namespace Causeway.Offline.Terraform.Provider;

/// <summary>Many of one kind: growing, shrinking in the middle, two hundred at once.</summary>
public sealed class RepetitionTests(Workbench workbench)
{
    [Fact]
    public async Task Only_what_is_added_or_taken_away_changes()
    {
        const string Configuration = """
            variable "names" { type = set(string) }
            variable "disks" { type = list(string) }
            variable "rules" { type = list(number) }
            variable "hosts" { type = number }
            resource "sample_network" "each" {
              for_each = var.names
              name     = each.key
              cidr     = "10.0.0.0/16"
            }
            resource "sample_host" "counted" {
              count      = var.hosts
              name       = "host-${count.index}"
              network_id = sample_network.each["a"].id
            }
            resource "sample_host" "blocks" {
              name  = "blocks"
              ports = [for number in var.rules : { number = number }]
              dynamic "disk" {
                for_each = var.disks
                content {
                  size  = 1
                  label = disk.value
                }
              }
              dynamic "rule" {
                for_each = var.rules
                content { port = rule.value }
              }
            }
            output "rules" { value = { for rule in sample_host.blocks.rule : rule.port => rule.id } }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Configuration, Variables("""["a", "b", "c"]""", 3, """["x", "y"]""", "[1, 2, 3]"));
        await folder.ApplyAsync();
        var rules = await folder.OutputAsync("rules");

        folder.Configure(Configuration, Variables("""["a", "c", "d"]""", 2, """["x", "y"]""", "[3, 1, 4]"));

        Assert.Equal(
            ["create sample_network.each[\"d\"]", "destroy sample_host.counted[2]", "destroy sample_network.each[\"b\"]", "update sample_host.blocks"],
            await folder.ApplyAsync());
        var changed = await folder.OutputAsync("rules");
        Assert.Equal(((string?)rules?["1"], (string?)rules?["3"]), ((string?)changed?["1"], (string?)changed?["3"]));
        Assert.DoesNotContain((string?)changed?["4"], rules!.AsObject().Select(rule => (string?)rule.Value));

        static (string, string) Variables(string names, int hosts, string disks, string rules) =>
            ("terraform.auto.tfvars", $"names = {names}\nhosts = {hosts}\ndisks = {disks}\nrules = {rules}\n");
    }

    [Fact]
    public async Task Two_hundred_at_once_are_all_there()
    {
        var folder = await TerraformFolder.WithAsync(workbench, """
            resource "sample_network" "many" {
              count = 100
              name  = "network-${count.index}"
              cidr  = "10.0.0.0/16"
            }
            resource "sample_host" "many" {
              count      = 100
              name       = "host-${count.index}"
              network_id = sample_network.many[count.index].id
            }
            output "ids" { value = concat(sample_network.many[*].id, sample_host.many[*].id) }
            """);

        await folder.RunAsync("apply", "-auto-approve", "-parallelism=50");

        Assert.Equal(200, folder.Resources().Count);
        Assert.Equal(200, (await folder.OutputAsync("ids"))!.AsArray().Select(id => (string?)id).Distinct().Count());
        await folder.MustBeDoneAsync();
        await folder.RunAsync("destroy", "-auto-approve", "-parallelism=50");
        Assert.Empty(folder.Resources());
    }
}
