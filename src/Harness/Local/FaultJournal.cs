using System.Diagnostics;
using System.Text.Json;

namespace Causeway.Harness.Local;

/// <summary>
/// What is broken in an instance and how it is put right. It is on disk before anything is broken, so that what a killed run left can be reverted:
/// <c>up</c>, <c>load</c> and <c>chaos</c> do that before anything else.
/// </summary>
/// <param name="folder">Where its records are; each is a file.</param>
internal sealed class FaultJournal(string folder)
{
    /// <summary>Begins a record.</summary>
    /// <param name="what">What is about to be broken, for people.</param>
    public FaultRecord Begin(string what)
    {
        Directory.CreateDirectory(folder);

        return new FaultRecord(Path.Combine(folder, $"{Guid.CreateVersion7():N}.json"), what);
    }

    /// <summary>Reverts what processes that have ended left broken.</summary>
    /// <param name="all">Whether to revert what this and other living processes broke, too.</param>
    /// <returns>What it was, for people.</returns>
    public async Task<IReadOnlyList<string>> RevertLeftAsync(bool all = false)
    {
        var reverted = new List<string>();

        // The latest first: what was broken on top of something else is in its way.
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").OrderDescending(StringComparer.Ordinal).ToArray() : [])
        {
            if (FaultRecord.Read(file) is { } left && (all || !left.IsOwned))
            {
                await left.RevertAsync();
                reverted.Add(left.What);
            }
        }

        return reverted;
    }
}

/// <summary>One thing that is broken: the commands that put it right, in a file.</summary>
internal sealed class FaultRecord
{
    private readonly string file;
    private readonly Content content;

    public FaultRecord(string file, string what)
        : this(file, new Content(what, Environment.ProcessId, StartOf(Environment.ProcessId)!.Value, []))
    {
    }

    private FaultRecord(string file, Content content) => (this.file, this.content) = (file, content);

    /// <summary>What is broken, for people.</summary>
    public string What => content.What;

    /// <summary>Whether the process that broke it runs, and will put it right itself.</summary>
    public bool IsOwned => StartOf(content.Process) == content.Started;

    /// <summary>Reads a record; null where another process has just reverted it.</summary>
    public static FaultRecord? Read(string file)
    {
        try
        {
            return new FaultRecord(file, JsonSerializer.Deserialize<Content>(File.ReadAllText(file))!);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Its process was killed before the first word was written, so nothing was broken.
            File.Delete(file);

            return null;
        }
    }

    /// <summary>Writes down how something is put right, then breaks it.</summary>
    /// <exception cref="CommandFailedException">It cannot be broken.</exception>
    public async Task DoAsync(CommandLine command, CommandLine undo, CancellationToken stop)
    {
        Expect(undo);
        await command.RunAsync(stop);
    }

    /// <summary>Writes down how something is put right that is about to be broken otherwise than by a command.</summary>
    public void Expect(CommandLine undo)
    {
        content.Undo.Add(new Step(undo.Program, [.. undo.Arguments], new Dictionary<string, string>(undo.Variables), undo.Input, undo.Folder));
        // Renamed into its place: a reader never sees half of it.
        File.WriteAllText($"{file}.new", JsonSerializer.Serialize(content));
        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <summary>
    /// Puts everything right, the last first. A step that fails is passed over: what it is about may be gone by now, as a removed pod's rules are.
    /// </summary>
    public async Task RevertAsync()
    {
        foreach (var step in Enumerable.Reverse(content.Undo))
        {
            var command = new CommandLine(step.Program, step.Arguments) { Variables = step.Variables, Input = step.Input, Folder = step.Folder };
            await command.TryRunAsync(CancellationToken.None);
        }

        File.Delete(file);
    }

    // A number of a process is given again to another one, which began at another time.
    private static DateTime? StartOf(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);

            return running.StartTime.ToUniversalTime();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Content(string What, int Process, DateTime Started, List<Step> Undo);

    private sealed record Step(string Program, string[] Arguments, Dictionary<string, string> Variables, string? Input, string? Folder);
}
