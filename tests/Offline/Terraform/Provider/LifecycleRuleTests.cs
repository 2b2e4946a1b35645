namespace Causeway.Offline.Terraform.Provider;

/// <summary>What a configuration says about the life of a resource, and what the command line does.</summary>
public sealed class LifecycleRuleTests(Workbench workbench)
{
    [Fact]
    public async Task Replacement_follows_the_rules_of_the_configuration()
    {
        const string Configuration = """
            variable "image" { type = string }
            variable "size" { type = string }
            resource "sample_host" "first" {
              name  = "first-${var.image}"
              image = var.image
              lifecycle { create_before_destroy = true }
            }
            resource "sample_host" "plain" {
              name  = "plain"
              image = var.image
            }
            resource "sample_host" "ignoring" {
              name  = "ignoring"
              image = var.image
              size  = var.size
              lifecycle { ignore_changes = [image] }
            }
            resource "sample_host" "triggered" {
              name = "triggered"
              lifecycle { replace_triggered_by = [sample_host.plain.id] }
            }
            resource "sample_host" "kept" {
              name  = "kept"
              image = "one"
              lifecycle { prevent_destroy = true }
            }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Configuration, Variables("one", "small"));
        await folder.ApplyAsync();
        var lines = File.ReadAllLines(folder.CloudPath).Length;

        folder.Configure(Configuration, Variables("two", "large"));
        Assert.Equal(
            ["replace sample_host.first", "replace sample_host.plain", "replace sample_host.triggered", "update sample_host.ignoring"],
            await folder.ApplyAsync());

        string[] journal = [.. File.ReadAllLines(folder.CloudPath).Skip(lines)];
        Assert.True(Position("first-two") < Position(Key(lines, "first-one")), "create_before_destroy");
        Assert.True(Position(Key(lines, "\"plain\"")) < Position("\"plain\""), "destroy, then create");
        var ignoring = Assert.Single(folder.Resources(), resource => resource.Values["name"].AsText is "ignoring");
        Assert.Equal(("one", "large"), (ignoring.Values["image"].AsText, ignoring.Values["size"].AsText));

        folder.Configure(Configuration.Replace("image = \"one\"", "image = \"three\"", StringComparison.Ordinal), Variables("two", "large"));
        Assert.Contains("sample_host.kept has lifecycle.prevent_destroy set", await folder.RefusedAsync("plan"), StringComparison.Ordinal);
        folder.Configure(Configuration, Variables("two", "large"));

        Assert.Equal(["replace sample_host.plain", "replace sample_host.triggered"], await folder.ApplyAsync("-replace=sample_host.plain"));
        Assert.Equal(5, folder.Resources().Count);

        int Position(string text) => Array.FindIndex(journal, line => line.Contains(text, StringComparison.Ordinal));
        string Key(int before, string name) =>
            File.ReadAllLines(folder.CloudPath).Take(before).Last(line => line.Contains(name, StringComparison.Ordinal)) is var line
                ? $"{{\"delete\":{line["{\"put\":".Length..line.IndexOf(',', StringComparison.Ordinal)]}"
                : "";

        static (string, string) Variables(string image, string size) => ("terraform.auto.tfvars", $"image = \"{image}\"\nsize = \"{size}\"\n");
    }

    [Fact]
    public async Task Order_conditions_and_targets_hold()
    {
        const string Configuration = """
            variable "size" { default = "small" }
            resource "sample_host" "late" {
              name       = "late"
              depends_on = [sample_network.early]
            }
            resource "sample_network" "early" {
              name = "early"
              cidr = "10.0.0.0/16"
              lifecycle {
                postcondition {
                  condition     = can(regex("^network-0[0-9a-f]{16}$", self.id))
                  error_message = "The id has another shape."
                }
              }
            }
            resource "sample_host" "checked" {
              name = "checked"
              size = var.size
              lifecycle {
                precondition {
                  condition     = var.size != "huge"
                  error_message = "Not huge, please."
                }
              }
            }
            check "network" {
              assert {
                condition     = sample_network.early.cidr == "10.0.0.0/16"
                error_message = "Another network."
              }
            }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Configuration);

        Assert.Contains("Not huge, please.", await folder.RefusedAsync("plan", "-var=size=huge"), StringComparison.Ordinal);

        await folder.RunAsync("apply", "-auto-approve", "-target=sample_network.early");
        Assert.Equal("early", Assert.Single(folder.Resources()).Values["name"].AsText);

        await folder.RunAsync("apply", "-auto-approve", "-target=sample_host.late");
        Assert.Equal(["early", "late"], folder.Resources().Select(resource => resource.Values["name"].AsText).Order());
        Assert.Equal(["create sample_host.checked"], await folder.ApplyAsync());

        await folder.RunAsync("destroy", "-auto-approve");
        string[] journal = File.ReadAllLines(folder.CloudPath);
        Assert.Equal(6, journal.Length);
        Assert.Contains("\"delete\"", journal[5], StringComparison.Ordinal);
        Assert.Contains(journal[0][8..44], journal[5], StringComparison.Ordinal);
    }
}
