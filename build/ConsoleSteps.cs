using System.Diagnostics;
using Causeway.Harness;
using Spectre.Console;

namespace Causeway.Build;

/// <summary>Shows steps with their times: live where there is a terminal, one plain line each where there is none.</summary>
internal sealed class ConsoleSteps(bool verbose = false) : ISteps
{
    private readonly bool live = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;

    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work)
    {
        var elapsed = Stopwatch.StartNew();

        try
        {
            var outcome = live ? await LiveAsync(title, elapsed, work) : await PlainAsync(work);
            Say("ok", elapsed, $"{title}: {outcome}");
        }
        catch (Exception error)
        {
            Say(error is OperationCanceledException ? "stopped" : "failed", elapsed, title);

            throw;
        }
    }

    public void Detail(string line)
    {
        if (verbose)
        {
            Console.WriteLine($"         {line}");
        }
    }

    public void Notice(string line)
    {
        if (live)
        {
            AnsiConsole.WriteLine($"         {line}"); // above the line that moves
        }
        else
        {
            Console.WriteLine($"         {line}");
        }
    }

    private async Task<string> PlainAsync(Func<Action<string>, Task<string>> work) => await work(Detail);

    private static Task<string> LiveAsync(string title, Stopwatch elapsed, Func<Action<string>, Task<string>> work) =>
        AnsiConsole.Status().StartAsync(Markup.Escape(title), async status =>
        {
            var at = "";
            using var timer = new Timer(_ => status.Status(Markup.Escape($"{elapsed.Elapsed.TotalSeconds,5:0} s  {title}{at}")), null, 0, 200);

            return await work(progress => at = $": {progress}");
        });

    private static void Say(string how, Stopwatch elapsed, string what) => Console.WriteLine($"{elapsed.Elapsed.TotalSeconds,6:0.0} s  {how,-7} {what}");
}
