namespace Causeway.Offline.Terraform.Provider;

/// <summary>Secrets: shown to nobody, and where they are write-only, kept nowhere.</summary>
public sealed class SecretTests(Workbench workbench)
{
    [Fact]
    public async Task Write_only_and_ephemeral_values_are_nowhere_and_sensitive_ones_are_not_shown()
    {
        const string Configuration = """
            variable "revision" { default = 1 }
            ephemeral "aws_secretsmanager_random_password" "generated" {
              password_length = 24
            }
            resource "aws_secretsmanager_secret" "main" {
              name = "main"
            }
            resource "aws_secretsmanager_secret_version" "main" {
              secret_id                = aws_secretsmanager_secret.main.id
              secret_string_wo         = "written-${ephemeral.aws_secretsmanager_random_password.generated.random_password}"
              secret_string_wo_version = var.revision
            }
            resource "sample_network" "main" {
              name = "main"
              cidr = "10.0.0.0/16"
            }
            ephemeral "sample_network" "main" {
              id = sample_network.main.id
            }
            resource "sample_host" "main" {
              name                = "main"
              password_wo         = "hunter2-${ephemeral.sample_network.main.id}"
              password_wo_version = var.revision
              secret              = "plain-text-secret"
            }
            output "token" {
              value     = sample_host.main.token
              sensitive = true
            }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Configuration);

        var applied = await folder.RunAsync("apply", "-auto-approve");
        await folder.MustBeDoneAsync();

        Assert.DoesNotContain("plain-text-secret", applied.Output, StringComparison.Ordinal);
        Assert.Contains("plain-text-secret", folder.State, StringComparison.Ordinal);
        NowhereIs("hunter2");
        NowhereIs("written-");

        // What changed of a write-only value only its version tells.
        folder.Configure(Configuration.Replace("hunter2", "hunter3", StringComparison.Ordinal));
        await folder.MustBeDoneAsync();
        folder.Configure(Configuration.Replace("hunter2", "hunter3", StringComparison.Ordinal).Replace("{ default = 1 }", "{ default = 2 }", StringComparison.Ordinal));
        var changed = await folder.ApplyAsync();
        Assert.Contains("update sample_host.main", changed);
        NowhereIs("hunter3");

        void NowhereIs(string secret)
        {
            Assert.DoesNotContain(secret, folder.State, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, File.ReadAllText(folder.CloudPath), StringComparison.Ordinal);
        }
    }
}
