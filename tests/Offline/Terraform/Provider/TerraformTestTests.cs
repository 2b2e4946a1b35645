namespace Causeway.Offline.Terraform.Provider;

/// <summary>Terraform's own tests, against the simulated cloud and against its mocks.</summary>
public sealed class TerraformTestTests(Workbench workbench)
{
    [Fact]
    public async Task Terraforms_own_tests_run_with_and_without_mocks()
    {
        var folder = await TerraformFolder.WithAsync(
            workbench,
            """
            variable "name" {
              type = string
              validation {
                condition     = length(var.name) > 2
                error_message = "The name needs three letters."
              }
            }
            resource "sample_network" "main" {
              name = var.name
              cidr = "10.0.0.0/16"
            }
            resource "sample_host" "main" {
              name       = var.name
              network_id = sample_network.main.id
              disk { size = 1 }
            }
            output "network" { value = sample_network.main.id }
            """,
            ("tests/real.tftest.hcl", """
                variables { name = "real" }
                run "the_id_is_not_known_before" {
                  command = plan
                  assert {
                    condition     = sample_host.main.replicas == 1
                    error_message = "The default is planned."
                  }
                }
                run "the_host_is_in_the_network" {
                  assert {
                    condition     = sample_host.main.network_id == output.network && startswith(sample_host.main.disk[0].id, "disk-0")
                    error_message = "Ids have another shape."
                  }
                }
                run "a_change_keeps_the_network" {
                  variables { name = "renamed" }
                  assert {
                    condition     = sample_network.main.id == run.the_host_is_in_the_network.network
                    error_message = "The network was replaced."
                  }
                }
                run "short_names_are_refused" {
                  command         = plan
                  variables { name = "x" }
                  expect_failures = [var.name]
                }
                """),
            ("tests/mocked.tftest.hcl", """
                mock_provider "sample" {
                  mock_resource "sample_network" {
                    defaults = { id = "mocked" }
                  }
                }
                run "the_mock_answers" {
                  variables { name = "mock" }
                  assert {
                    condition     = sample_host.main.network_id == "mocked"
                    error_message = "The mock was not asked."
                  }
                }
                """));

        var mocked = await folder.RunAsync("test", "-filter=tests/mocked.tftest.hcl");
        Assert.Contains("1 passed, 0 failed", mocked.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.CloudPath));

        var tested = await folder.RunAsync("test");
        Assert.Contains("5 passed, 0 failed", tested.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Resources());
        Assert.Equal(6, File.ReadAllLines(folder.CloudPath).Length);
    }
}
