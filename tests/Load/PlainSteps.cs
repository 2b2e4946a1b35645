using System.Diagnostics;
using Causeway.Harness;

namespace Causeway.LoadScenarios;

/// <summary>Shows steps with their times, a line each.</summary>
public sealed class PlainSteps : ISteps
{
    public async Task RunAsync(string title, Func<Action<string>, Task<string>> work)
    {
        var elapsed = Stopwatch.StartNew();
        var outcome = await work(_ => { });
        Console.WriteLine($"{elapsed.Elapsed.TotalSeconds,6:0.0} s  ok      {title}: {outcome}");
    }

    public void Detail(string line)
    {
    }
}
