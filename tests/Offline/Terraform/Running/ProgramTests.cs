using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Running;

/// <summary>Data sources that start a program: refused with the way out, given a result, or allowed.</summary>
public sealed class ProgramTests(Workbench workbench)
{
    private const string Program = """
        variable "answer" { default = "asked" }
        data "external" "build" {
          program = ["sh", "-c", "cat >&2; echo '{\"version\":\"from the program\"}'"]
          query   = { answer = var.answer }
        }
        output "version" { value = data.external.build.result.version }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Folder(string? given = null) => Scratch.Folder(workbench, [
        ("main.tf", "module \"package\" {\n  source = \"./package\"\n}\noutput \"version\" { value = module.package.version }\n"),
        ("package/main.tf", Program),
        .. given is null ? Array.Empty<(string, string)>() : [("given.yaml", given)]]);

    [Fact]
    public async Task A_program_is_refused_and_the_message_names_each_way_out()
    {
        await using var root = await TerraformRoot.CopyAsync(Folder(), Stop);

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => root.PlanAsync(Stop));

        Assert.Contains("package/main.tf:3 (module.package.data.external.build): A hermetic run starts no programs", refusal.Message, StringComparison.Ordinal);
        Assert.All(
            ["--given <file>", "{ address: data.external.NAME, result: { … } }", "--allow-programs"],
            way => Assert.Contains(way, refusal.Message.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_result_that_is_given_for_an_address_stands_in_for_the_program()
    {
        await using var root = await TerraformRoot.CopyAsync(Folder("- address: module.package.data.external.build\n  result: { version: given }\n"), Stop);

        await root.ApplyAsync(Stop);

        Assert.Equal("given", (string?)(await root.OutputAsync(Stop))["version"].Value);
        Assert.True((await root.PlanAsync(Stop)).IsEmpty);
    }

    [Fact]
    public async Task A_program_that_is_allowed_runs_with_its_query_and_tells_its_result()
    {
        await using var root = await TerraformRoot.CopyAsync(Folder(), new() { AllowPrograms = true }, Stop);

        await root.ApplyAsync(Stop);

        Assert.Equal("from the program", (string?)(await root.OutputAsync(Stop))["version"].Value);
    }

    [Fact]
    public async Task A_program_gets_the_certificate_authorities_that_the_provider_does_without()
    {
        string[] names = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
        var folder = Scratch.Folder(workbench, """
            data "external" "seen" {
              program = ["sh", "-c", "echo \"{\\\"SSL_CERT_FILE\\\":\\\"$SSL_CERT_FILE\\\",\\\"SSL_CERT_DIR\\\":\\\"$SSL_CERT_DIR\\\"}\""]
            }
            output "seen" { value = data.external.seen.result }
            """);
        await using var root = await TerraformRoot.CopyAsync(folder, new() { AllowPrograms = true }, Stop);

        await root.ApplyAsync(Stop);

        var seen = (await root.OutputAsync(Stop))["seen"].Value!;
        Assert.All(names, name => Assert.Equal(Environment.GetEnvironmentVariable(name) ?? "", (string?)seen[name]));
    }

    [Theory]
    [InlineData("cat >&2; exit 3", "exit code 3: {\\\"answer\\\":\\\"asked\\\"}")]
    [InlineData("echo hello", "has to print one JSON object whose values are texts. It printed: hello")]
    [InlineData("echo '{\\\"a\\\":1}'", "has to print one JSON object")]
    public async Task A_program_that_fails_or_prints_something_else_is_told(string command, string said)
    {
        var folder = Scratch.Folder(
            workbench, $"data \"external\" \"a\" {{\n  program = [\"sh\", \"-c\", \"{command}\"]\n  query = {{ answer = \"asked\" }}\n}}\n");
        await using var root = await TerraformRoot.CopyAsync(folder, new() { AllowPrograms = true }, Stop);

        var refusal = await Assert.ThrowsAsync<TerraformException>(() => root.PlanAsync(Stop));

        Assert.Contains(said.Replace("\\", "", StringComparison.Ordinal), refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("module.other.data.external.build", "calls no module other")]
    [InlineData("module.package.data.external.nosuch", "there is no such data source in package")]
    public async Task A_result_for_what_is_not_there_is_refused(string address, string said)
    {
        await using var root = await TerraformRoot.CopyAsync(Folder($"- address: {address}\n  result: {{ version: given }}\n"), Stop);

        Assert.Contains(said, (await Assert.ThrowsAsync<InvalidDataException>(() => root.PlanAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_only_plans_starts_no_program_and_one_that_applies_is_refused()
    {
        const string Resource = "resource \"terraform_data\" \"a\" {\n  provisioner \"local-exec\" { command = \"false\" }\n}\n";
        await using var plans = await TerraformRoot.CopyAsync(
            Scratch.Folder(workbench, [("main.tf", Resource), ("a.tftest.hcl", "run \"a\" {\n  command = plan\n}\n")]), Stop);
        await using var applies = await TerraformRoot.CopyAsync(Scratch.Folder(workbench, [("main.tf", Resource), ("a.tftest.hcl", "run \"a\" {}\n")]), Stop);

        Assert.Equal("pass", Assert.Single(await plans.TestAsync(Stop)).Status);
        Assert.Contains("main.tf:2", (await Assert.ThrowsAsync<TerraformException>(() => applies.TestAsync(Stop))).Message, StringComparison.Ordinal);
    }
}
