using System.Text.RegularExpressions;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Cloud;
using Causeway.Harness.Terraform.Running;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>
/// Configurations that the real provider or AWS refuses, each with its mistakes marked: Terraform must refuse exactly those, at their file, line and
/// address. A mark is a comment behind the line that Terraform shows: <c># refused: …</c>, <c># warned: …</c>, with words of the message.
/// </summary>
public sealed partial class RefusedConfigurationTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("arguments")]
    [InlineData("networks")]
    public async Task A_mistake_is_refused_at_plan_where_it_stands(string subject)
    {
        await using var root = await TerraformRoot.CopyAsync(Folder(subject), Stop);

        Judge(subject, await Assert.ThrowsAsync<TerraformException>(() => root.PlanAsync(Stop)));
        Assert.Empty(CloudFile.Resources(root.Cloud));
    }

    [Fact]
    public async Task A_mistake_that_only_ids_show_is_refused_at_apply()
    {
        await using var root = await TerraformRoot.CopyAsync(Folder("references"), Stop);

        Judge("references", await Assert.ThrowsAsync<TerraformException>(() => root.ApplyAsync(Stop)));
    }

    [Fact]
    public async Task A_provider_without_a_region_is_refused_with_the_ways_out()
    {
        await using var root = await TerraformRoot.CopyAsync(Folder("region"), Stop);

        var error = Assert.Single((await Assert.ThrowsAsync<TerraformException>(() => root.PlanAsync(Stop))).Diagnostics, diagnostic => diagnostic.IsError);

        Assert.Equal(("main.tf", 2, "No AWS region is configured"), (error.File, error.Line, error.Summary));
        Assert.Contains("Write region = \"…\" in provider \"aws\", or set AWS_REGION.", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_need_is_not_deleted()
    {
        (string? Forgotten, string Deleted, string User, string Remedy)[] cases =
        [
            (null, "aws_db_instance.last", "\"final_snapshot_identifier\" must be set", "set skip_final_snapshot = true"),
            (null, "aws_db_instance.kept", "\"deletion_protection\" must not be set.", "Set deletion_protection = false."),
            (null, "aws_lb.kept", "\"enable_deletion_protection\" must not be set.", "Set enable_deletion_protection = false."),
            ("aws_network_interface.web", "aws_security_group.web", "aws_network_interface eni-0", "Delete or change what needs it first"),
            ("aws_iam_role_policy_attachment.api", "aws_iam_role.api", "aws_iam_role_policy_attachment", "Set force_detach_policies = true"),
            ("aws_s3_object.page", "aws_s3_bucket.full", "aws_s3_object", "Set force_destroy = true"),
            ("aws_subnet.other", "aws_vpc.other", "aws_subnet subnet-0", "names it in \"vpc_id\""),
        ];
        await using var root = await TerraformRoot.CopyAsync(Folder("removal"), Stop);
        await root.ApplyAsync(Stop);
        var gate = new Gate("deletions refused", cases.Select(one => one.Deleted));

        foreach (var (forgotten, deleted, user, remedy) in cases)
        {
            // Terraform forgets the user and would delete what it uses.
            if (forgotten is not null)
            {
                await root.RunAsync(["state", "rm", forgotten], Stop);
            }

            var refused = await Assert.ThrowsAsync<TerraformException>(() => root.DestroyAsync(Stop, new PlanScope { Targets = [deleted] }));
            // Terraform gives no address to what a deletion says: the message names the resource.
            var error = refused.Diagnostics.FirstOrDefault(
                diagnostic => diagnostic.IsError && diagnostic.Summary.StartsWith($"{deleted.Split('.')[0]} ", StringComparison.Ordinal));
            gate.Record(deleted, error is null ? $"is not among: {refused.Message}"
                : new[] { user, remedy }
                .FirstOrDefault(text => !error.Detail.Contains(text, StringComparison.Ordinal)) is { } missing ? $"\"{missing}\" is not in: {error}"
                : null);
        }

        gate.Close();
    }

    private string Folder(string subject) => Path.Combine(workbench.Fixtures, "refused", subject);

    private void Judge(string subject, TerraformException refused)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(subject), "main.tf"));
        var marks = lines.Select((line, index) => (Match: Mark().Match(line), Line: index + 1)).Where(mark => mark.Match.Success)
            .Select(
                mark => (mark.Line, Kind: mark.Match.Groups["kind"].Value, Text: mark.Match.Groups["text"].Value, Block: mark.Match.Groups["whole"].Success))
            .ToArray();
        var gate = new Gate($"mistakes in {subject}", marks.Select(mark => $"{subject}:{mark.Line}"));

        foreach (var mark in marks)
        {
            var line = LineOf(mark.Line, mark.Block);
            var found = refused.Diagnostics.Where(diagnostic => diagnostic.Line == line && diagnostic.IsError == mark.Kind is "refused").ToArray();
            bool Says(Diagnostic diagnostic) =>
                diagnostic.Detail.Contains(mark.Text, StringComparison.Ordinal) || diagnostic.Summary.Contains(mark.Text, StringComparison.Ordinal);
            gate.Record($"{subject}:{mark.Line}", found.FirstOrDefault(Says) switch
            {
                null => $"expected \"{mark.Text}\" among: " +
                    $"{string.Join('\n', found.Length > 0 ? found.Select(one => one.ToString()) : refused.Diagnostics.Select(one => one.ToString()))}",
                { Address: null } nameless => $"no address: {nameless}",
                _ => null,
            });
        }

        gate.Close();
        var unexpected = refused.Diagnostics.Where(diagnostic => diagnostic.IsError)
            .Where(diagnostic => !marks.Any(mark => LineOf(mark.Line, mark.Block) == diagnostic.Line))
            .ToArray();
        Assert.True(unexpected is [], $"Refused without a mark: {string.Join('\n', unexpected.Select(diagnostic => diagnostic.ToString()))}");

        // What is about a whole resource stands at its first line.
        int LineOf(int line, bool isWhole) =>
            isWhole ? Array.FindLastIndex(lines, line - 1, text => text.StartsWith("resource ", StringComparison.Ordinal)) + 1 : line;
    }

    [GeneratedRegex("# (?<kind>refused|warned)(?<whole>-resource)?: (?<text>.+)$")]
    private static partial Regex Mark();
}
