using System.Diagnostics;
using System.Text;

namespace Causeway.Harness;

/// <summary>What a finished program said. <paramref name="Output"/> is its standard output, <paramref name="Error"/> its standard error.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>The last <paramref name="count"/> lines of both streams together: what a person reads first after a failure.</summary>
    public string Tail(int count = 20) => string.Join('\n', $"{Output}\n{Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count));
}

/// <summary>A program ended with an exit code other than 0.</summary>
public sealed class CommandFailedException(string command, CommandResult result)
    : Exception($"`{command}` ended with exit code {result.ExitCode}.")
{
    public CommandResult Result { get; } = result;
}

/// <summary>One external program with its arguments. Immutable: every <c>With…</c> gives a changed copy.</summary>
public sealed record CommandLine(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Set in every program the harness starts for a platform, so that <c>down</c> finds those a killed <c>up</c> left behind.</summary>
    public const string InstanceVariable = "CAUSEWAY_INSTANCE";

    public string? Folder { get; init; }

    public string? Input { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Which of our own environment variables the program does not see (default: it sees all).</summary>
    public Func<string, bool> Hides { get; init; } = _ => false;

    /// <summary>How long a cancelled program gets after SIGINT to end by itself, before it is killed. Zero: it is killed at once.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>The program reads and writes our own streams, terminal included, instead of being read line by line.</summary>
    public bool Inherits { get; init; }

    public static CommandLine Of(string program, params ReadOnlySpan<string> arguments) => new(program, arguments.ToArray());

    public CommandLine In(string folder) => this with { Folder = folder };

    public CommandLine WithInput(string input) => this with { Input = input };

    public CommandLine With(string variable, string value) =>
        this with { Variables = new Dictionary<string, string>(Variables) { [variable] = value } };

    public override string ToString() => string.Join(' ', [Program, .. Arguments]);

    /// <summary>Runs to the end and returns whatever the exit code. Cancellation kills the program and all it started, after <see cref="Grace"/>.</summary>
    /// <param name="onLine">Receives every line of both streams as it appears.</param>
    /// <exception cref="FileNotFoundException">The program is not installed.</exception>
    public async Task<CommandResult> TryRunAsync(CancellationToken stop, Action<string>? onLine = null)
    {
        var started = Stopwatch.StartNew();
        using var process = Start();
        using var ended = new CancellationTokenSource();
        await using var kill = stop.Register(() => _ = EndAsync(process, ended.Token));

        if (Inherits)
        {
            await process.WaitForExitAsync(CancellationToken.None);
            await ended.CancelAsync();
            stop.ThrowIfCancellationRequested();

            return new CommandResult(process.ExitCode, "", "", started.Elapsed);
        }

        try
        {
            await process.StandardInput.WriteAsync((Input ?? "").AsMemory(), stop);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read its input: its exit code and its words say why.
        }
        catch (OperationCanceledException)
        {
            // It is being ended; what it says meanwhile is still read.
        }

        var streams = await Task.WhenAll(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine));
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        stop.ThrowIfCancellationRequested();

        return new CommandResult(process.ExitCode, streams[0], streams[1], started.Elapsed);
    }

    /// <summary>Runs to the end; an exit code other than 0 is an error.</summary>
    /// <exception cref="CommandFailedException">The exit code was not 0.</exception>
    public async Task<CommandResult> RunAsync(CancellationToken stop, Action<string>? onLine = null)
    {
        var result = await TryRunAsync(stop, onLine);

        return result.ExitCode == 0 ? result : throw new CommandFailedException(ToString(), result);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder ?? Environment.CurrentDirectory,
            RedirectStandardInput = !Inherits,
            RedirectStandardOutput = !Inherits,
            RedirectStandardError = !Inherits,
        };

        foreach (var hidden in start.Environment.Keys.Where(Hides).ToArray())
        {
            start.Environment.Remove(hidden);
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new FileNotFoundException($"{Program} is not installed. `./causeway doctor` says how to get it.", Program, missing);
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onLine)
    {
        var all = new StringBuilder();

        while (await reader.ReadLineAsync() is { } line)
        {
            all.Append(line).Append('\n');
            onLine?.Invoke(line);
        }

        return all.ToString();
    }

    private async Task EndAsync(Process process, CancellationToken ended)
    {
        if (Grace > TimeSpan.Zero)
        {
            await Of("kill", "-INT", $"{process.Id}").TryRunAsync(CancellationToken.None);

            try
            {
                await Task.Delay(Grace, ended);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        Kill(process);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It, or something it started, ended by itself between the cancellation and now.
        }
    }
}
