using Causeway.Harness.Terraform.Hcl;

namespace Causeway.Offline.Terraform.Modules;

/// <summary>The reference that <c>./causeway generate</c> writes into a module's README.</summary>
public sealed class ModuleReferenceTests(Workbench workbench)
{
    private const string Variables = """
        variable "size" {
          description = "How many."
          type        = number
          default     = 3
        }

        variable "box" {
          description = <<-TEXT
            The box:
            - `wide`: in metres,
              with the lid.
          TEXT
          type = object({
            wide = number
            lid  = optional(object({
              open = bool
            }))
          })
        }
        """;

    private const string Resources = """
        resource "null_resource" "second" {}

        resource "null_resource" "first" {}

        data "null_data_source" "found" {}

        output "box" {
          description = "The box."
          value       = 1
        }
        """;

    private const string Expected = """
        ## Inputs

        ### `box`

        The box:
        - `wide`: in metres,
          with the lid.

        ```hcl
        object({
          wide = number
          lid  = optional(object({
            open = bool
          }))
        })
        ```

        Required.

        ### `size`

        How many.

        ```hcl
        number
        ```

        Default: `3`

        ## Outputs

        ### `box`

        The box.

        ## Resources

        | type | name | file |
        |---|---|---|
        | `null_resource` | `first` | [main.tf](main.tf) |
        | `null_resource` | `second` | [main.tf](main.tf) |

        ## Data sources

        | type | name | file |
        |---|---|---|
        | `null_data_source` | `found` | [main.tf](main.tf) |

        """;

    [Fact]
    public void Inputs_outputs_and_resources_are_told_in_order_of_their_names()
    {
        Assert.Equal(Expected, ModuleReference.Of(Module()));
    }

    [Fact]
    public void What_stands_between_the_markers_is_replaced_and_the_rest_stays()
    {
        var readme = $"# Box\n\n{ModuleReference.Begin}\nold\n{ModuleReference.End}\n\n## Later\n";

        var written = ModuleReference.Insert(readme, Module());

        Assert.Equal($"# Box\n\n{ModuleReference.Begin}\n{Expected}{ModuleReference.End}\n\n## Later\n", written);
        Assert.Equal(written, ModuleReference.Insert(written!, Module()));
    }

    [Theory]
    [InlineData("# Box\n")]
    [InlineData("# Box\n\n<!-- BEGIN_TF_DOCS -->\n")]
    [InlineData("# Box\n\n<!-- END_TF_DOCS -->\n<!-- BEGIN_TF_DOCS -->\n")]
    public void A_README_without_a_place_for_it_is_left_alone(string readme)
    {
        Assert.Null(ModuleReference.Insert(readme, Module()));
    }

    private string Module()
    {
        var folder = workbench.Scratch.CreateSubdirectory($"{Guid.NewGuid():N}").FullName;
        File.WriteAllText(Path.Combine(folder, "variables.tf"), Variables);
        File.WriteAllText(Path.Combine(folder, "main.tf"), Resources);

        return folder;
    }
}
