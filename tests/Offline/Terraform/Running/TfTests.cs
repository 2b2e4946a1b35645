using Causeway.Harness;

namespace Causeway.Offline.Terraform.Running;

/// <summary><c>./causeway tf</c> as it is called: from some folder, with Terraform's words and exit codes.</summary>
public sealed class TfTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Table => workbench.Checkout.PathTo("terraform", "modules", "aws", "table");

    [Fact]
    public async Task The_tests_of_a_module_run_where_it_lies_and_leave_the_tree_as_it_was()
    {
        var folder = Scratch.Folder(workbench, [
            ("main.tf", "variable \"name\" { type = string }\nresource \"terraform_data\" \"this\" { input = var.name }\n"),
            (
                "tests/unit/name.tftest.hcl",
                "variables { name = \"a\" }\n" +
                "run \"it_is_kept\" {\n  assert {\n    condition     = terraform_data.this.output == \"a\"\n    error_message = \"lost\"\n  }\n}\n")]);

        var result = await TfAsync(folder, "test");

        Assert.True(result.ExitCode == 0, Said(result));
        Assert.Contains("1 passed, 0 failed", result.Output, StringComparison.Ordinal);
        var left = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path));
        Assert.Equal(["main.tf", "tests", "tests/unit", "tests/unit/name.tftest.hcl"], left.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("test", "nothing would be tested")]
    [InlineData("validate", "nothing would be validated")]
    public async Task Nothing_to_look_at_is_a_failure(string command, string said) => Refused(await TfAsync(Path.Combine(Table, "examples"), command), 1, said);

    [Fact]
    public async Task A_test_file_without_a_run_and_a_filter_without_a_file_are_failures()
    {
        var folder = Scratch.Folder(
            workbench, [("main.tf", ""), ("empty.tftest.hcl", "variables {}\n"), ("full/main.tf", ""), ("full/a.tftest.hcl", "run \"a\" {}\n")]);

        Refused(await TfAsync(folder, "test"), 1, "nothing would be tested");
        Refused(await TfAsync(folder, "-chdir=full", "test", "-filter=b.tftest.hcl"), 1, "There are a.tftest.hcl.");
        Assert.Equal(0, (await TfAsync(folder, "-chdir=full", "test", "-filter", "a.tftest.hcl")).ExitCode);
    }

    [Fact]
    public async Task Chdir_names_the_configuration_and_its_modules_come_with_it()
    {
        var result = await TfAsync(Table, "-chdir=examples/minimal", "plan", "-no-color", "-detailed-exitcode");

        Assert.True(result.ExitCode == 2, Said(result));
        Assert.Contains("module.table.aws_dynamodb_table.this will be created", result.Output, StringComparison.Ordinal);
        Refused(await TfAsync(Table, "-chdir=nosuch", "plan"), 2, "There is no folder");
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_has_the_exit_code_of_Terraform() =>
        Assert.Equal(1, (await TfAsync(Scratch.Folder(workbench, "output \"a\" {\n  value = local.nosuch\n}\n"), "validate")).ExitCode);

    [Theory]
    [InlineData("version")]
    [InlineData("-version")]
    [InlineData("plan", "-help")]
    public async Task What_needs_no_configuration_runs_anywhere(params string[] arguments)
    {
        var result = await TfAsync("/", arguments);

        Assert.True(result.ExitCode == 0, Said(result));
        Assert.Contains("erraform", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-help")]
    public async Task Our_own_options_come_before_Terraforms_in_the_help(string help)
    {
        var result = await TfAsync("/", help);

        Assert.True(result.ExitCode == 0, Said(result));
        int[] places = [.. new[] { "--given <file>", "--allow-programs", "--real", "Main commands:" }
            .Select(part => result.Output.IndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task The_folder_of_all_folders_is_not_copied() => Refused(await TfAsync("/", "plan"), 2, "`/` is not copied");

    [Fact]
    public async Task A_real_lock_comes_back_beside_the_root_and_nothing_else()
    {
        var folder = Scratch.Folder(workbench, [
            ("root/main.tf", "terraform {\n  required_providers {\n    null = { source = \"hashicorp/null\" }\n  }\n}\n"),
            ("mirror/registry.terraform.io/hashicorp/null/3.2.4/linux_amd64/terraform-provider-null_v3.2.4", "a package")]);

        var result = await TfAsync(folder, "--real", "-chdir=root", "providers", "lock", $"-fs-mirror={folder}/mirror", "-platform=linux_amd64");

        Assert.True(result.ExitCode == 0, Said(result));
        Assert.Equal([".terraform.lock.hcl", "main.tf"], Directory.EnumerateFileSystemEntries($"{folder}/root").Select(Path.GetFileName).Order());
        Assert.Contains("version = \"3.2.4\"", await File.ReadAllTextAsync($"{folder}/root/.terraform.lock.hcl", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_lock_is_real() =>
        Refused(await TfAsync(Scratch.Folder(workbench, ""), "--real", "apply"), 2, "--real goes with `providers lock` alone");

    [Theory]
    [InlineData("login")]
    [InlineData("logout", "app.terraform.io")]
    [InlineData("providers", "lock", "-platform=linux_amd64")]
    [InlineData("providers", "mirror", "mirror")]
    [InlineData("-chdir=examples/minimal", "providers", "lock")]
    [InlineData("init", "-from-module=git::https://example.com/module.git")]
    public async Task What_asks_the_network_is_refused(params string[] arguments) => Refused(await TfAsync(Table, arguments), 2, "asks a host on the network");

    [Fact]
    public async Task Format_alone_changes_the_files_themselves()
    {
        var folder = Scratch.Folder(workbench, "locals {\na = 1\n}\n");

        Assert.Equal(3, (await TfAsync(folder, "fmt", "-check")).ExitCode);
        Assert.Equal(0, (await TfAsync(folder, "fmt")).ExitCode);
        Assert.Equal("locals {\n  a = 1\n}\n", await File.ReadAllTextAsync(Path.Combine(folder, "main.tf"), Stop));
        Assert.Equal(["main.tf"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    private Task<CommandResult> TfAsync(string folder, params IEnumerable<string> arguments) =>
        new CommandLine(workbench.Checkout.PathTo("causeway"), ["tf", .. arguments]).In(folder).TryRunAsync(Stop);

    private static void Refused(CommandResult result, int exitCode, string said)
    {
        Assert.True(result.ExitCode == exitCode, Said(result));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static string Said(CommandResult result) => $"{result.ExitCode}\n{result.Output}\n{result.Error}";
}
