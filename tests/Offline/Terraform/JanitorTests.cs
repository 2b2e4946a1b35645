using System.Diagnostics;
using Causeway.Harness.Terraform;

namespace Causeway.Offline.Terraform;

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
    public async Task What_cannot_be_destroyed_stays_in_the_ledger_and_is_told()
    {
        var allowed = Path.Combine(workbench.Scratch.FullName, "allowed");
        var folder = Scratch.Folder(workbench, WithDestroyer($"test -e {allowed}"));
        var id = await KillBetweenApplyAndDestroyAsync(folder);
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

    /// <returns>The killed root's id.</returns>
    private static async Task<string> KillBetweenApplyAndDestroyAsync(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), KilledProcess.Argument, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var applied = KilledProcess.AppliedIn(folder);

        try
        {
            while (!File.Exists(applied) || new FileInfo(applied).Length == 0)
            {
                Assert.False(process.HasExited, "It ended before it was killed.");
                await Task.Delay(50, Stop);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return await File.ReadAllTextAsync(applied, Stop);
    }

    // Run by `dotnet Offline.dll` the program is dotnet; run as `Offline` it is itself.
    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Offline.dll")] : [];
}
