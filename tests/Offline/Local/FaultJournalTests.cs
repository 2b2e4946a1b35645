using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Offline.Local;

/// <summary>What is broken is on disk before it is, and is put right by a later run when the process that broke it is gone.</summary>
public sealed class FaultJournalTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("causeway-faults-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Records => Path.Combine(folder.FullName, "faults");

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static CommandLine Append(string file, string text) => CommandLine.Of("sh", "-c", "cat >> \"$0\"", file).WithInput(text);

    [Fact]
    public async Task A_record_is_there_before_anything_is_broken()
    {
        var record = new FaultJournal(Records).Begin("something");

        await Assert.ThrowsAsync<CommandFailedException>(() => record.DoAsync(CommandLine.Of("false"), Append(At("undone"), "a"), Stop));
        Assert.Single(Directory.GetFiles(Records));

        await record.RevertAsync();
        Assert.Equal("a", await File.ReadAllTextAsync(At("undone"), Stop));
        Assert.Empty(Directory.GetFiles(Records));
    }

    [Fact]
    public async Task The_last_step_is_reverted_first_and_one_that_fails_is_passed_over()
    {
        var record = new FaultJournal(Records).Begin("something");
        record.Expect(Append(At("undone"), "first"));
        record.Expect(CommandLine.Of("false"));
        record.Expect(Append(At("undone"), "last "));

        await record.RevertAsync();

        Assert.Equal("last first", await File.ReadAllTextAsync(At("undone"), Stop));
    }

    [Fact]
    public async Task What_a_living_process_broke_is_left_to_it()
    {
        var record = new FaultJournal(Records).Begin("something");
        record.Expect(Append(At("undone"), "a"));

        Assert.Empty(await new FaultJournal(Records).RevertLeftAsync());
        Assert.False(File.Exists(At("undone")));
    }

    [Fact]
    public async Task What_a_process_left_that_is_gone_is_reverted_once()
    {
        new FaultJournal(Records).Begin("something").Expect(Append(At("undone"), "a"));
        var file = Assert.Single(Directory.GetFiles(Records));
        // As another process wrote it, which began at another time: its number may be in use again.
        var text = await File.ReadAllTextAsync(file, Stop);
        await File.WriteAllTextAsync(file, text.Replace($"\"Started\":\"{DateTime.UtcNow.Year}", "\"Started\":\"1999", StringComparison.Ordinal), Stop);

        Assert.Equal(["something"], await new FaultJournal(Records).RevertLeftAsync());
        Assert.Empty(await new FaultJournal(Records).RevertLeftAsync());
        Assert.Equal("a", await File.ReadAllTextAsync(At("undone"), Stop));
    }

    [Fact]
    public async Task A_record_of_which_half_was_written_is_removed()
    {
        Directory.CreateDirectory(Records);
        await File.WriteAllTextAsync(Path.Combine(Records, "1.json"), "{ \"What\": \"so", Stop);

        Assert.Empty(await new FaultJournal(Records).RevertLeftAsync());
        Assert.Empty(Directory.GetFiles(Records));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
