using System.Diagnostics;
using Causeway.Harness.Terraform;
using Causeway.Harness.Terraform.Copies;
using Causeway.Offline.Terraform.Running;

namespace Causeway.Offline.Terraform.Copies;

/// <summary>What a killed process applied is destroyed by the next one, and nothing else is.</summary>
public sealed class JanitorTests(Workbench workbench)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_process_applied_is_destroyed_by_the_next_one()
    {
        var destroyed = Path.Combine(workbench.Scratch.FullName, "destroyed");
        var folder = Scratch.Folder(workbench, WithDestroyer($"touch {destroyed}"));
        var id = await KillBetweenApplyAndDestroyAsync(folder);
        var ledger = new Ledger(workbench.Checkout);
        var entry = ledger.Entries().Single(found => found.Id == id);
        Assert.True(Directory.Exists(entry.Copy));
        var said = new List<string>();

        var swept = await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.True(swept.Destroyed >= 1, string.Join('\n', said));
        Assert.True(File.Exists(destroyed));
        Assert.False(File.Exists(ledger.PathOf(id)));
        Assert.False(Directory.Exists(entry.Copy));
        Assert.Contains(said, line => line.Contains(folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_real_and_cannot_be_destroyed_stays_in_the_ledger_and_is_told()
    {
        var allowed = Path.Combine(workbench.Scratch.FullName, "allowed");
        var folder = Scratch.Folder(workbench, WithDestroyer($"test -e {allowed}"));
        var id = await KillBetweenApplyAndDestroyAsync(folder, real: true);
        var ledger = new Ledger(workbench.Checkout);
        var said = new List<string>();

        var first = await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.True(first.Failed >= 1);
        Assert.True(File.Exists(ledger.PathOf(id)));
        Assert.Contains(said, line => line.Contains(folder, StringComparison.Ordinal) && line.Contains(ledger.PathOf(id), StringComparison.Ordinal));

        await File.WriteAllTextAsync(allowed, "", Stop);
        await new Janitor(workbench.Checkout).SweepAsync(Stop);

        Assert.False(File.Exists(ledger.PathOf(id)));
    }

    [Theory]
    [InlineData("lifecycle { prevent_destroy = true }")]
    [InlineData("""
        provisioner "local-exec" {
          when    = destroy
          command = "false"
        }
        """)]
    public async Task What_is_simulated_and_cannot_be_destroyed_is_deleted_with_its_copy(string body)
    {
        var folder = Scratch.Folder(workbench, $"resource \"terraform_data\" \"a\" {{\n{body}\n}}\n");
        var id = await KillBetweenApplyAndDestroyAsync(folder);
        var ledger = new Ledger(workbench.Checkout);
        var entry = ledger.Entries().Single(found => found.Id == id);
        var said = new List<string>();

        await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.False(File.Exists(ledger.PathOf(id)), string.Join('\n', said));
        Assert.False(Directory.Exists(entry.Copy));
        Assert.DoesNotContain(said, line => line.Contains("tried again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terraform_ends_its_apply_though_who_started_it_is_killed_meanwhile()
    {
        var folder = Scratch.Folder(workbench, Slow(seconds: 3, "going-on"));
        var entry = await KillDuringApplyAsync(folder);

        await UntilAsync(() => File.Exists(Path.Combine(folder, "going-on")));
        await UntilAsync(() => !Running(entry));

        Assert.Contains("\"name\": \"last\"", await File.ReadAllTextAsync(StateOf(entry), Stop), StringComparison.Ordinal);
        Assert.True((await new Janitor(workbench.Checkout).SweepAsync(Stop)).Destroyed >= 1);
        Assert.False(Directory.Exists(entry.Copy));
    }

    [Fact]
    public async Task A_kill_during_a_simulated_apply_leaves_neither_process_nor_copy_nor_entry()
    {
        var folder = Scratch.Folder(workbench, Slow(seconds: 300, "never"));
        var entry = await KillDuringApplyAsync(folder);
        var said = new List<string>();

        await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.False(Running(entry));
        Assert.False(Directory.Exists(entry.Copy), string.Join('\n', said));
        Assert.DoesNotContain(new Ledger(workbench.Checkout).Entries(), other => other.Id == entry.Id);
        Assert.False(File.Exists(Path.Combine(folder, "never")));
    }

    [Fact]
    public async Task A_real_apply_that_goes_on_is_left_to_end_and_destroyed_after_it()
    {
        var folder = Scratch.Folder(workbench, Slow(seconds: 8, "going-on"));
        var entry = await KillDuringApplyAsync(folder, real: true);
        var ledger = new Ledger(workbench.Checkout);
        var said = new List<string>();

        await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.True(File.Exists(ledger.PathOf(entry.Id)), string.Join('\n', said));
        Assert.Contains(said, line => line.Contains(folder, StringComparison.Ordinal) && line.Contains("still", StringComparison.Ordinal));

        await UntilAsync(() => !Running(entry));
        await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.True(File.Exists(Path.Combine(folder, "going-on")));
        Assert.False(File.Exists(ledger.PathOf(entry.Id)), string.Join('\n', said));
        Assert.False(Directory.Exists(entry.Copy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_state_of_no_bytes_says_that_nothing_was_applied(bool real)
    {
        var folder = Scratch.Folder(workbench, WithDestroyer("false"));
        var id = await KillBetweenApplyAndDestroyAsync(folder, real);
        var ledger = new Ledger(workbench.Checkout);
        var entry = ledger.Entries().Single(found => found.Id == id);
        await File.WriteAllTextAsync(StateOf(entry), "", Stop);
        var said = new List<string>();

        await new Janitor(workbench.Checkout, said.Add).SweepAsync(Stop);

        Assert.False(File.Exists(ledger.PathOf(id)), string.Join('\n', said));
        Assert.False(Directory.Exists(entry.Copy));
    }

    [Fact]
    public async Task What_a_living_process_applied_is_left_alone()
    {
        await using var root = await Scratch.CopyAsync(workbench, """resource "terraform_data" "a" {}""");
        await root.ApplyAsync(Stop);

        await new Janitor(workbench.Checkout).SweepAsync(Stop);

        Assert.Single((await root.StateAsync(Stop)).Managed);
        Assert.True(File.Exists(new Ledger(workbench.Checkout).PathOf(root.Id)));
    }

    [Fact]
    public void A_process_is_told_from_a_later_one_with_its_id()
    {
        Assert.True(ProcessIdentity.Lives(ProcessIdentity.Own));
        Assert.False(ProcessIdentity.Lives($"{Environment.ProcessId}.1"));
        Assert.False(ProcessIdentity.Lives("nonsense"));
    }

    private static string WithDestroyer(string command) => $$"""
        resource "terraform_data" "a" {
          provisioner "local-exec" {
            when    = destroy
            command = "{{command}}"
          }
        }
        """;

    // Terraform has words to say after the kill: of the slow resource's end, and of the last one's.
    private static string Slow(int seconds, string last) => $$"""
        resource "terraform_data" "slow" {
          provisioner "local-exec" {
            command = "touch $FOLDER/started; exec sleep {{seconds}}"
            environment = { FOLDER = var.folder }
          }
        }

        resource "terraform_data" "last" {
          depends_on = [terraform_data.slow]
          provisioner "local-exec" {
            command = "touch ${var.folder}/{{last}}"
          }
        }

        variable "folder" {}
        """;

    /// <returns>The killed root's id.</returns>
    private static async Task<string> KillBetweenApplyAndDestroyAsync(string folder, bool real = false)
    {
        var applied = KilledProcess.AppliedIn(folder);
        await KillAsync(folder, () => File.Exists(applied) && new FileInfo(applied).Length > 0, real);

        return await File.ReadAllTextAsync(applied, Stop);
    }

    private async Task<LedgerEntry> KillDuringApplyAsync(string folder, bool real = false)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "terraform.tfvars"), $"folder = \"{folder}\"\n", Stop);
        await KillAsync(folder, () => File.Exists(Path.Combine(folder, "started")), real);

        return new Ledger(workbench.Checkout).Entries().Single(entry => entry.Root == folder);
    }

    private static async Task KillAsync(string folder, Func<bool> when, bool real)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), KilledProcess.Argument, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        if (real)
        {
            start.Environment["CAUSEWAY_PROVIDER"] = "real";
        }

        using var process = Process.Start(start)!;

        try
        {
            await UntilAsync(() =>
            {
                Assert.False(process.HasExited, "It ended before it was killed.");

                return when();
            });
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string StateOf(LedgerEntry entry) => Directory.EnumerateFiles(entry.Copy, "terraform.tfstate", SearchOption.AllDirectories).Single();

    // Asked of the system, not of the harness: any process whose environment names the copy.
    private static bool Running(LedgerEntry entry) => Process.GetProcesses().Any(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ").Contains(entry.Copy, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));

        while (!condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    // Run by `dotnet Offline.dll` the program is dotnet; run as `Offline` it is itself.
    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Offline.dll")] : [];
}
