using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Running;

/// <summary>The harness's own promises, on resources that need no provider.</summary>
public sealed class TerraformRootTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_plan_is_empty_and_a_destroy_leaves_nothing()
    {
        await using var root = await Scratch.CopyAsync(workbench, """
            resource "terraform_data" "greeting" {
              input = "hello"
            }

            output "greeting" {
              value = terraform_data.greeting.output
            }
            """);

        var first = await root.PlanAsync(Stop);
        Assert.Equal(ChangeKind.Create, first["terraform_data.greeting"].Kind);
        Assert.Equal("hello", (string?)first["terraform_data.greeting"].After!["input"]);

        await root.ApplyAsync(Stop, first);
        Assert.True((await root.PlanAsync(Stop)).IsEmpty);
        Assert.Equal("hello", (string?)(await root.OutputAsync(Stop))["greeting"].Value);
        Assert.Single((await root.StateAsync(Stop)).Managed);

        await root.DestroyAsync(Stop);
        Assert.True((await root.StateAsync(Stop)).IsEmpty);
    }

    [Fact]
    public async Task Of_a_state_what_is_managed_is_told_from_what_was_only_read()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", """
                module "data" {
                  source   = "./inner"
                  for_each = toset(["a.data.b", "c\"]"])
                }
                data "terraform_remote_state" "own" {
                  backend = "local"
                  config  = { path = "${path.module}/other.tfstate" }
                }
                """),
            ("inner/main.tf", """
                resource "terraform_data" "data" {}
                data "terraform_remote_state" "own" {
                  backend = "local"
                  config  = { path = "${path.root}/other.tfstate" }
                }
                """),
            ("other.tfstate", """{ "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [] }"""),
        ]);
        await using var root = await TerraformRoot.CopyAsync(folder, Stop);
        Assert.Empty(await root.ManagedAsync(Stop));

        await root.ApplyAsync(Stop);

        var state = await root.StateAsync(Stop);
        Assert.Equal((2, 5), (state.Managed.Count(), state.Resources.Count));
        Assert.Equal(state.Managed.Select(resource => resource.Address).Order(), (await root.ManagedAsync(Stop)).Order());
    }

    [Fact]
    public async Task A_plan_is_read_where_it_changes_something()
    {
        await using var root = await Scratch.CopyAsync(workbench, """
            resource "terraform_data" "a" {}
            """);
        Assert.Equal(ChangeKind.Create, Assert.IsType<Plan>(await root.PlanIfChangedAsync(Stop))["terraform_data.a"].Kind);

        await root.ApplyAsync(Stop);

        Assert.Null(await root.PlanIfChangedAsync(Stop));
    }

    [Fact]
    public async Task A_plan_that_is_never_empty_is_noticed()
    {
        await using var root = await Scratch.CopyAsync(workbench, """resource "terraform_data" "now" { input = timestamp() }""");
        await root.ApplyAsync(Stop);

        var second = await root.PlanAsync(Stop);

        Assert.False(second.IsEmpty);
        Assert.Contains("terraform_data.now", second.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_applied_is_in_the_ledger_until_it_is_disposed_of()
    {
        var ledger = new Ledger(workbench.Checkout);
        string id, folder;

        await using (var root = await Scratch.CopyAsync(workbench, """resource "terraform_data" "a" {}"""))
        {
            (id, folder) = (root.Id, root.Folder);
            Assert.False(File.Exists(ledger.PathOf(id)));
            await root.ApplyAsync(Stop);
            Assert.True(File.Exists(ledger.PathOf(id)));
        }

        Assert.False(File.Exists(ledger.PathOf(id)));
        Assert.False(Directory.Exists(folder));
    }

    // Were it in there, the next command would destroy an environment because the one that applied it was killed.
    [Fact]
    public async Task What_lasts_is_never_in_the_ledger()
    {
        var ledger = new Ledger(workbench.Checkout);
        var folder = Scratch.Folder(workbench, [("main.tf", """resource "terraform_data" "a" {}""")]);
        var state = Path.Combine(folder, "kept", "terraform.tfstate");

        await using (var root = await TerraformRoot.CopyAsync(folder, new() { State = state, Lasts = true }, Stop))
        {
            await root.ApplyAsync(Stop);
            Assert.False(File.Exists(ledger.PathOf(root.Id)));
        }

        Assert.Contains("terraform_data", await File.ReadAllTextAsync(state, Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bucket=of-the-states", true)]
    [InlineData("bucket=another", false)]
    public async Task A_plan_that_destroys_the_bucket_of_its_own_state_is_known(string setting, bool loses)
    {
        var folder = Scratch.Folder(workbench, [("main.tf", """
            provider "aws" { region = "eu-central-1" }
            resource "aws_s3_bucket" "states" { bucket = "of-the-states" }
            """)], setting.Split('=')[1]);
        await using var root = await TerraformRoot.CopyAsync(folder, new() { BackendConfig = [setting] }, Stop);
        var making = await root.PlanAsync(Stop);
        await root.ApplyAsync(Stop, making);

        var destroying = await root.PlanAsync(Stop, new() { Destroy = true });

        Assert.False(root.LosesItsState(making));
        Assert.Equal(loses, root.LosesItsState(destroying));
    }

    [Fact]
    public async Task What_may_not_be_destroyed_is_named_and_gone_with_the_copy()
    {
        var ledger = new Ledger(workbench.Checkout);
        var root = await Scratch.CopyAsync(workbench, """
            resource "terraform_data" "kept" {
              for_each = toset(["a b", "c"])

              lifecycle {
                prevent_destroy = true
              }
            }
            """);
        await root.ApplyAsync(Stop);

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => root.DestroyAsync(Stop));
        Assert.Contains("protected: terraform_data.kept[\"a b\"], terraform_data.kept[\"c\"];", refusal.Remedy, StringComparison.Ordinal);
        Assert.True(File.Exists(ledger.PathOf(root.Id)));

        await root.DisposeAsync();
        Assert.False(File.Exists(ledger.PathOf(root.Id)));
        Assert.False(Directory.Exists(root.Folder));
    }

    [Fact]
    public async Task A_refused_apply_is_what_the_caller_hears_of_not_the_destroy_after_it()
    {
        var refusal = await Assert.ThrowsAsync<TerraformException>(async () =>
        {
            await using var root = await Scratch.CopyAsync(workbench, """
                resource "terraform_data" "kept" {
                  lifecycle {
                    prevent_destroy = true
                  }
                }

                resource "terraform_data" "broken" {
                  depends_on = [terraform_data.kept]
                  provisioner "local-exec" {
                    command = "exit 7"
                  }
                }
                """, new() { AllowPrograms = true });
            await root.ApplyAsync(Stop);
        });

        Assert.Contains("terraform apply failed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("exit status 7", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tree_stays_as_it_was()
    {
        var folder = Scratch.Folder(workbench, """
            terraform {
              backend "s3" {
                bucket = "unreachable"
                key    = "x"
                region = "eu-central-1"
              }
            }

            resource "terraform_data" "a" {}
            """);

        await using (var root = await TerraformRoot.CopyAsync(folder, Stop))
        {
            await root.ApplyAsync(Stop);
            Assert.Single((await root.StateAsync(Stop)).Managed);
        }

        Assert.Equal(["main.tf"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_error_names_file_line_and_what_to_do()
    {
        await using var root = await Scratch.CopyAsync(workbench, "\n\nresource \"terraform_data\" \"a\" {\n  inptu = 1\n}\n");

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => root.PlanAsync(Stop));

        var error = Assert.Single(refusal.Diagnostics);
        Assert.Equal(("main.tf", 4), (error.File, error.Line));
        Assert.Contains("main.tf:4", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("inptu", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Remedy);
    }

    [Fact]
    public async Task Variables_of_every_kind_arrive_and_an_unknown_one_is_refused()
    {
        const string Main = """
            variable "text" { type = string }
            variable "list" { type = list(string) }
            variable "map" { type = map(object({ size = number })) }
            output "all" { value = "${var.text}/${join(",", var.list)}/${var.map["a"].size}" }
            """;
        var variables = new Dictionary<string, object?>
        {
            ["text"] = "one ${two}",
            ["list"] = new[] { "b", "c${d}" },
            ["map"] = new Dictionary<string, object> { ["a"] = new { size = 3 } },
        };
        await using var root = await Scratch.CopyAsync(workbench, Main, new() { Variables = variables });

        var plan = await root.PlanAsync(Stop);

        Assert.Equal("one ${two}/b,c${d}/3", (string?)Assert.Single(plan.Outputs).After);

        await using var wrong = await Scratch.CopyAsync(workbench, Main, new() { Variables = new Dictionary<string, object?>(variables) { ["txet"] = "x" } });
        Assert.Contains("txet", (await Assert.ThrowsAsync<TerraformException>(() => wrong.PlanAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_replacements_and_reasons_are_told()
    {
        await using var root = await Scratch.CopyAsync(workbench, """
            variable "size" {
              type    = number
              default = 1
            }
            resource "terraform_data" "a" { triggers_replace = [var.size] }
            resource "terraform_data" "b" {}
            """);

        await root.ApplyAsync(Stop, scope: new() { Targets = ["terraform_data.a"] });
        Assert.Equal(["terraform_data.b"], (await root.PlanAsync(Stop)).Changes.Select(change => change.Address));

        var replacing = (await root.PlanAsync(Stop, new() { Replace = ["terraform_data.a"] }))["terraform_data.a"];
        Assert.Equal((ChangeKind.Replace, "replace_by_request"), (replacing.Kind, replacing.ActionReason));
    }

    [Fact]
    public async Task Lines_are_told_as_they_appear()
    {
        var lines = new List<string>();
        await using var root = await Scratch.CopyAsync(
            workbench, """resource "terraform_data" "a" {}""", new() { OnLine = line => { lock (lines) { lines.Add(line); } } });

        await root.ApplyAsync(Stop);

        Assert.Contains(lines, line => line.StartsWith("terraform_data.a: Creation complete", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith('{'));
    }

    [Fact]
    public async Task Nothing_of_the_users_environment_reaches_a_hermetic_run()
    {
        await using var root = await Scratch.CopyAsync(workbench, """
            resource "terraform_data" "a" {
              provisioner "local-exec" {
                command = "env > seen"
              }
            }
            """, new() { AllowPrograms = true, Environment = new Dictionary<string, string> { ["GIVEN"] = "1" } });

        await root.ApplyAsync(Stop);
        string[] seen = [.. (await File.ReadAllLinesAsync(Path.Combine(root.Folder, "seen"), Stop)).Select(line => line.Split('=')[0])];

        Assert.Contains("GIVEN", seen);
        Assert.Contains("CAUSEWAY_CLOUD", seen);
        Assert.DoesNotContain(seen, name => name.StartsWith("AWS_", StringComparison.Ordinal) || name is "TF_PLUGIN_CACHE_DIR");
    }

    [Fact]
    public async Task A_cancelled_apply_saves_its_state_and_a_timeout_says_so()
    {
        const string Slow = """
            resource "terraform_data" "quick" {}
            resource "terraform_data" "slow" {
              depends_on = [terraform_data.quick]
              provisioner "local-exec" {
                command = "sleep 300"
              }
            }
            """;
        await using var root = await Scratch.CopyAsync(
            workbench, Slow, new() { AllowPrograms = true, Timeout = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromSeconds(20) });

        var refusal = await Assert.ThrowsAsync<TimeoutException>(() => root.ApplyAsync(Stop));

        Assert.Contains("terraform apply", refusal.Message, StringComparison.Ordinal);
        Assert.Contains((await root.StateAsync(Stop)).Managed, resource => resource.Address == "terraform_data.quick");
    }

    [Fact]
    public async Task An_import_is_in_the_state()
    {
        await using var root = await Scratch.CopyAsync(workbench, """resource "terraform_data" "a" {}""");

        await root.ImportAsync("terraform_data.a", "some-id", Stop);

        Assert.Equal("some-id", (string?)(await root.StateAsync(Stop))["terraform_data.a"].Values["id"]);
    }

    [Fact]
    public async Task Terraform_s_own_tests_run_and_each_tells_how_it_went()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", "variable \"a\" { default = 1 }\noutput \"a\" { value = var.a }\n"),
            ("tests/unit/a.tftest.hcl", """
                run "right" {
                  command = plan
                  assert {
                    condition     = output.a == 1
                    error_message = "not one"
                  }
                }
                run "wrong" {
                  command = plan
                  assert {
                    condition     = output.a == 2
                    error_message = "not two"
                  }
                }
                """)]);
        await using var root = await TerraformRoot.CopyAsync(folder, Stop);

        var runs = await root.TestAsync(Stop);

        Assert.Equal([("right", "pass"), ("wrong", "fail")], runs.Select(run => (run.Name, run.Status)));
        Assert.Contains("not two", Assert.Single(runs[1].Diagnostics).Detail, StringComparison.Ordinal);
    }
}
