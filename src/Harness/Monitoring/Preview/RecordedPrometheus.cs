using System.Text.RegularExpressions;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Monitoring.Preview;

/// <summary>A Prometheus of its own that has recorded series and nothing else, on this machine's loopback address.</summary>
public sealed partial class RecordedPrometheus : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly CancellationTokenSource ending = new();
    private Task<CommandResult> running = Task.FromException<CommandResult>(new InvalidOperationException("It was not started."));

    private RecordedPrometheus(RecordedSeries series, DirectoryInfo folder) => (Series, this.folder) = (series, folder);

    public RecordedSeries Series { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <exception cref="PlatformException">promtool refuses the series, or Prometheus does not start.</exception>
    public static async Task<RecordedPrometheus> StartAsync(RecordedSeries series, ToolBox tools, CancellationToken stop)
    {
        var made = new RecordedPrometheus(series, Directory.CreateTempSubdirectory("causeway-recorded-"));

        try
        {
            await made.FillAsync(tools, stop);
            await made.RunAsync(await tools.ProgramAsync("prometheus", stop), stop);

            return made;
        }
        catch
        {
            await made.DisposeAsync();

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        ending.Dispose();
        folder.Delete(recursive: true);
    }

    private string In(string name) => Path.Combine(folder.FullName, name);

    private async Task FillAsync(ToolBox tools, CancellationToken stop)
    {
        await File.WriteAllTextAsync(In("series.txt"), Series.OpenMetrics(), stop);
        var promtool = await tools.ProgramAsync("promtool", stop);
        var made = await CommandLine.Of(promtool, "tsdb", "create-blocks-from", "openmetrics", In("series.txt"), In("data")).TryRunAsync(stop);

        if (made.ExitCode != 0)
        {
            throw new PlatformException($"promtool refuses the series of {Series.Source}.", "Read its reason, and correct the file.", made.Tail());
        }
    }

    private async Task RunAsync(string program, CancellationToken stop)
    {
        await File.WriteAllTextAsync(In("prometheus.yml"), "", stop);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        running = CommandLine.Of(
            program,
            $"--config.file={In("prometheus.yml")}",
            $"--storage.tsdb.path={In("data")}",
            "--storage.tsdb.retention.time=100y", // the series are of the day on which they were written
            "--web.listen-address=127.0.0.1:0").TryRunAsync(ending.Token, line =>
            {
                lock (said)
                {
                    said.Add(line);
                }

                if (Listening().Match(line) is { Success: true } match)
                {
                    Address = new Uri($"http://127.0.0.1:{match.Groups["port"].Value}");
                }
                else if (line.Contains("Server is ready to receive web requests", StringComparison.Ordinal))
                {
                    ready.TrySetResult();
                }
            });

        if (await Task.WhenAny(ready.Task, running).WaitAsync(TimeSpan.FromMinutes(1), stop) == running)
        {
            throw new PlatformException("The Prometheus of recorded series does not start.", "Read its reason.", string.Join('\n', said));
        }
    }

    [GeneratedRegex(@"msg=""Listening on"" address=\S+?:(?<port>[0-9]+)$")]
    private static partial Regex Listening();
}
