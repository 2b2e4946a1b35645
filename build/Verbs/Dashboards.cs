using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Local;
using Causeway.Harness.Monitoring;
using Causeway.Harness.Monitoring.Preview;
using Causeway.Harness.Tools;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway dashboards</c>: the dashboards without Grafana, of the running platform; or pictures of them.</summary>
internal static class Dashboards
{
    /// <summary>Grafana's own.</summary>
    private const int DefaultPort = 3000;

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port on 127.0.0.1; 0 is a free one.",
        DefaultValueFactory = _ => DefaultPort,
    };

    private static readonly Option<string?> Screenshot = new("--screenshot")
    {
        Description = "Write a PNG of every dashboard into this folder by headless Chromium, say what they show, and end: exit code 0 only if every panel "
            + "that should show data does.",
        HelpName = "folder",
    };

    private static readonly Option<string?> Range = new Option<string?>("--range")
    {
        Description = "How much time the pictures show (default: what each dashboard says).",
    }.AcceptOnlyFromAmong("5m", "15m", "30m", "1h", "3h", "6h", "24h");

    public static Command Verb() => new PlatformArguments().On(
        new Command("dashboards", "Show the dashboards, drawn from the running Prometheus without Grafana.") { Port, Screenshot, Range },
        async (platform, parsed, stop) =>
        {
            CheckArguments(parsed);
            var repository = Repository.Find();
            var tools = new ToolBox(repository, ToolManifest.Load(repository));
            var dashboards = Dashboard.All(repository);
            var prometheus = platform.Addresses.Prometheus;
            await CheckAnswersAsync(prometheus, stop);
            await tools.FetchNpmAsync(stop);

            // `down` ends what a killed preview leaves.
            Environment.SetEnvironmentVariable(CommandLine.InstanceVariable, platform.Instance.Name);
            await using var recorded = await RecordedPrometheus.StartAsync(RecordedSeries.Load(repository), tools, stop);
            var content = new PreviewContent(dashboards, prometheus, recorded);
            await using var server = PreviewServer.Start(repository, tools, content, parsed.GetValue(Screenshot) is null ? parsed.GetValue(Port) : 0);

            return parsed.GetValue(Screenshot) is { } folder
                ? await TakeAsync(new Screenshots(repository, tools), server, dashboards, folder, parsed.GetValue(Range), stop)
                : await ServeAsync(server, dashboards, stop);
        });

    private static async Task<int> ServeAsync(PreviewServer server, IReadOnlyList<Dashboard> dashboards, CancellationToken stop)
    {
        Console.WriteLine($"{dashboards.Count} dashboards: {server.Address} (Ctrl+C ends it)");

        try
        {
            await server.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }

        return 0;
    }

    private static async Task<int> TakeAsync(
        Screenshots screenshots, PreviewServer server, IReadOnlyList<Dashboard> dashboards, string folder, string? range, CancellationToken stop)
    {
        var pages = await screenshots.TakeAsync(server.Address, dashboards, folder, range, stop);
        var report = ScreenshotReport.Of(dashboards, pages);
        report.Problems.ToList().ForEach(problem => Console.Error.WriteLine($"  {problem}"));
        Console.WriteLine($"{report.Counts}\npictures: {Path.GetFullPath(folder)}");

        if (report.Problems.Any(problem => problem.EndsWith("shows no data", StringComparison.Ordinal)))
        {
            Console.Error.WriteLine("What shows no data may not have happened yet: put load on the platform (`./causeway load steady`), and take them again.");
        }

        return report.Problems is [] ? 0 : 1;
    }

    private static void CheckArguments(ParseResult parsed)
    {
        var folder = parsed.GetValue(Screenshot);

        if (folder is null && parsed.GetValue(Range) is not null)
        {
            throw new UsageException("--range is for pictures alone.", "Choose the time on the page, or add --screenshot <folder>.");
        }

        if (File.Exists(folder))
        {
            throw new UsageException($"--screenshot {folder} is a file.", "Name a folder: it is made where it is missing.");
        }
    }

    private static async Task CheckAnswersAsync(Uri prometheus, CancellationToken stop)
    {
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
            await new Prometheus(prometheus, http).SeriesAsync("vector(1)", stop);
        }
        catch (HttpRequestException silent)
        {
            throw new PlatformException(
                $"Prometheus does not answer at {prometheus}: {silent.Message}",
                "See `./causeway status`; `./causeway up` starts what is missing.",
                inner: silent);
        }
    }
}
