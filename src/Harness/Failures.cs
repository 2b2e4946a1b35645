using System.Runtime.InteropServices;
using Causeway.Harness.Helm;
using Causeway.Harness.Terraform;

namespace Causeway.Harness;

/// <summary>
/// Turns an exception into what a person needs: what failed, the last lines of the log concerned, and what to do. Exit code 0 means success and nothing else.
/// </summary>
public static class Failures
{
    private const int LongestLine = 400;

    /// <summary>What to do after a verb was interrupted.</summary>
    private static readonly Dictionary<string, string> Interrupted = new()
    {
        ["up"] = "Run it again: it goes on where this stopped. `./causeway down` removes what there is of the platform.",
        ["down"] = "Run it again: it removes what is left.",
        ["plan"] = "Run it again: it starts over. In a hermetic run nothing is left to clear; what `--real --apply` did until then is in the state.",
        ["tf"] = "Run it again: it starts over, with an empty simulated cloud. Nothing is left to clear.",
        ["test"] = "Run it again: it starts over. `./causeway status` shows whether a platform of the tests is left, `./causeway down` removes it.",
        ["load"] = "Run it again: it starts over. `./causeway status` shows what is up.",
        ["chaos"] = "Run it again: it starts over, and reverts what is left broken. `./causeway status` shows what is up.",
        ["check"] = "Run it again: it starts over, and nothing is left to clear.",
        ["diff"] = "Run it again: it starts over. Nothing is left to clear.",
        ["generate"] = "Run it again: files that are up to date stay as they are.",
    };

    /// <summary>Runs a command; SIGINT and SIGTERM cancel it, so that it can end the programs it started.</summary>
    /// <param name="verb">The command's name.</param>
    public static async Task<int> ReportAsync(string verb, Func<CancellationToken, Task<int>> command)
    {
        using var stopping = new CancellationTokenSource();

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

        try
        {
            return await command(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Report("Interrupted.", null, Interrupted.GetValueOrDefault(verb, "Run it again."), 130);
        }
        catch (PlatformException error)
        {
            return Report(error.Message, error.Log, error.Remedy);
        }
        catch (UsageException error)
        {
            return Report(error.Message, null, error.Remedy, 2);
        }
        catch (TerraformException error)
        {
            return Report($"terraform refused {error.Root}.", error.Message, error.Remedy);
        }
        catch (CommandFailedException error)
        {
            return Report(
                error.Message,
                error.Result.Tail(),
                $"Fix what the lines above name and run the command again{(verb is "up" or "down" ? ": it goes on where it stopped" : "")}.");
        }
        catch (HelmException error)
        {
            return Report("Helm refused to render a chart.", error.Message, "Correct the value named above in the contract, the environment or the release.");
        }
        catch (Exception error) when (error is InvalidDataException or FileNotFoundException or DirectoryNotFoundException or TimeoutException)
        {
            return Report(error.Message, null, "Fix what the line above names; `./causeway doctor` shows whether this machine has what is needed.");
        }
        catch (Exception error)
        {
            return Report(
                error.Message,
                error.ToString(),
                "Unexpected error: please report it with the lines above. `./causeway status` shows the platform, `./causeway doctor` the machine.");
        }
    }

    /// <summary>Says on standard error what failed and what to do.</summary>
    /// <param name="log">Lines that show it, if there are any.</param>
    /// <returns><paramref name="exitCode"/>.</returns>
    public static int Report(string what, string? log, string remedy, int exitCode = 1)
    {
        Console.Error.WriteLine();

        if (!string.IsNullOrWhiteSpace(log))
        {
            foreach (var line in log.Split('\n'))
            {
                Console.Error.WriteLine($"  | {(line.Length <= LongestLine ? line : line[..LongestLine] + " …")}");
            }
        }

        Console.Error.WriteLine($"failed: {what}");
        Console.Error.WriteLine($"to do:  {remedy}");

        return exitCode;
    }
}
