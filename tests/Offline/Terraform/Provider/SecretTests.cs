namespace Causeway.Offline.Terraform.Provider;

/// <summary>Secrets are never shown, and where they are write-only, never stored.</summary>
public sealed class SecretTests(Workbench workbench)
{
    [Fact]
    public async Task Write_only_and_ephemeral_values_are_nowhere_and_sensitive_ones_are_not_shown()
    {
        const string Configuration = """
            provider "aws" {
              region = "eu-central-1"
            }
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
            resource "aws_ssm_parameter" "main" {
              name  = "/main"
              type  = "SecureString"
              value = "plain-text-secret"
            }
            """;
        var folder = await TerraformFolder.WithAsync(workbench, Configuration);

        var applied = await folder.RunAsync("apply", "-auto-approve");
        await folder.MustBeDoneAsync();

        Assert.DoesNotContain("plain-text-secret", applied.Output, StringComparison.Ordinal);
        Assert.Contains("plain-text-secret", folder.State, StringComparison.Ordinal);
        NowhereIs("written-");

        // What changed of a write-only value only its version tells.
        folder.Configure(Configuration.Replace("written-", "rewritten-", StringComparison.Ordinal));
        Assert.Empty(await folder.PlanAsync());
        folder.Configure(Configuration.Replace("{ default = 1 }", "{ default = 2 }", StringComparison.Ordinal));
        Assert.Equal(["replace aws_secretsmanager_secret_version.main"], await folder.ApplyAsync());
        NowhereIs("written-");

        void NowhereIs(string secret)
        {
            Assert.DoesNotContain(secret, folder.State, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, File.ReadAllText(folder.CloudPath), StringComparison.Ordinal);
        }
    }
}
