using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Monitoring.Preview;

/// <summary>What a preview shows.</summary>
/// <param name="Running">The Prometheus of the running platform; null: there is none, and its dashboards show that.</param>
/// <param name="Recorded">Has the series of dashboards that need a cluster.</param>
public sealed record PreviewContent(IReadOnlyList<Dashboard> Dashboards, Uri? Running, RecordedPrometheus Recorded);

/// <summary>
/// Serves the preview of dashboards on this machine's loopback address: its pages, the dashboards' JSON, runs, and of Prometheus what a panel asks. It
/// answers GET alone, knows every path it serves, and hands nothing else on.
/// </summary>
public sealed partial class PreviewServer : IAsyncDisposable
{
    private const int Attempts = 5;

    // The page loads nothing from elsewhere, and what Prometheus says cannot run.
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly HttpListener listener;
    private readonly Repository repository;
    private readonly PreviewContent content;
    private readonly Dictionary<string, string> files;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Task serving;

    private PreviewServer(HttpListener listener, Repository repository, ToolBox tools, PreviewContent content, int port)
    {
        (this.listener, this.repository, this.content) = (listener, repository, content);
        Address = new Uri($"http://127.0.0.1:{port}/");
        files = Files(repository, tools);
        serving = ServeAsync();
    }

    /// <summary>Where the list of dashboards is.</summary>
    public Uri Address { get; }

    /// <param name="port">0: a free one.</param>
    /// <exception cref="PlatformException">The port is taken.</exception>
    public static PreviewServer Start(Repository repository, ToolBox tools, PreviewContent content, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port is 0 ? FreePort() : port;
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{chosen}/"); // a request by another host's name is not answered

            try
            {
                listener.Start();

                return new(listener, repository, tools, content, chosen);
            }
            catch (HttpListenerException) when (port is 0 && attempt < Attempts)
            {
                // Another program took the port in between.
            }
            catch (HttpListenerException taken)
            {
                throw new PlatformException($"Port {chosen} of 127.0.0.1 is taken.", "Give another with --port, or end what listens there.", inner: taken);
            }
        }
    }

    /// <summary>Ends with the server; cancellation is the way to end it.</summary>
    public Task RunAsync(CancellationToken stop) => serving.WaitAsync(stop);

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
        http.Dispose();
    }

    // Files by the path they are asked with: a path that is not among them leads nowhere.
    private static Dictionary<string, string> Files(Repository repository, ToolBox tools)
    {
        var page = repository.PathTo("src", "Harness", "Monitoring", "Preview", "page");
        var uplot = Path.Combine(tools.NodeModules, "uplot", "dist");
        var all = Directory.EnumerateFiles(page).ToDictionary(file => $"/page/{Path.GetFileName(file)}");

        foreach (var name in new[] { "uPlot.esm.js", "uPlot.min.css" })
        {
            all[$"/uplot/{name}"] = Path.Combine(uplot, name);
        }

        all["/"] = Path.Combine(page, "index.html");

        return all;
    }

    private static int FreePort()
    {
        using var held = new TcpListener(IPAddress.Loopback, 0);
        held.Start();

        return ((IPEndPoint)held.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;

            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var (status, type, body) = context.Request.HttpMethod is "GET"
                ? await AnswerAsync(context.Request.Url!)
                : Text(HttpStatusCode.MethodNotAllowed, "The preview answers GET.");
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = type;
            context.Response.Headers["Content-Security-Policy"] = Policy;
            context.Response.Headers["X-Content-Type-Options"] = "nosniff";
            context.Response.Headers["Cache-Control"] = "no-store";
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The browser left, or the server ends: the answer is not read.
        }
    }

    private async Task<(HttpStatusCode Status, string Type, byte[] Body)> AnswerAsync(Uri asked)
    {
        var path = asked.AbsolutePath;

        if (files.TryGetValue(path, out var file))
        {
            return (HttpStatusCode.OK, TypeOf(file), await File.ReadAllBytesAsync(file));
        }

        if (path.Split('/') is ["", "dashboards", var page] && Find(page) is not null)
        {
            return (HttpStatusCode.OK, MediaTypeNames.Text.Html, await File.ReadAllBytesAsync(files["/page/dashboard.html"]));
        }

        if (path is "/api/dashboards")
        {
            return Json(new JsonArray([.. content.Dashboards.Select(Summary)]));
        }

        if (path.Split('/') is ["", "api", "dashboards", var name] && Find(name) is { } dashboard)
        {
            return Json(new JsonObject { ["json"] = dashboard.Json.DeepClone(), ["recorded"] = dashboard.NeedsCluster ? Recorded() : null });
        }

        if (path is "/api/runs" && Time(asked, "from") is { } from && Time(asked, "to") is { } to)
        {
            return Json(new JsonArray([.. RunHistory.Between(repository, from, to).Select(run => new JsonObject
            {
                ["from"] = run.From.ToUnixTimeMilliseconds() / 1000.0, ["to"] = run.To.ToUnixTimeMilliseconds() / 1000.0, ["text"] = run.Text,
            })]));
        }

        return Question().Match(path) is { Success: true } question
            ? await AskAsync(
                question.Groups["source"].Value is "recorded" ? content.Recorded.Address : content.Running,
                question.Groups["path"].Value + asked.Query)
            : Text(HttpStatusCode.NotFound, $"The preview has no {path}.");
    }

    private async Task<(HttpStatusCode Status, string Type, byte[] Body)> AskAsync(Uri? prometheus, string question)
    {
        if (prometheus is null)
        {
            return Text(HttpStatusCode.BadGateway, "No platform is up, so there is no Prometheus to ask. Run `./causeway up`.");
        }

        try
        {
            using var answer = await http.GetAsync(new Uri(prometheus, question));

            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? MediaTypeNames.Text.Plain, await answer.Content.ReadAsByteArrayAsync());
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            return Text(HttpStatusCode.BadGateway, $"Prometheus does not answer at {prometheus}: {silent.Message} See `./causeway status`.");
        }
    }

    private Dashboard? Find(string name) => content.Dashboards.SingleOrDefault(dashboard => dashboard.Name == name);

    private static JsonObject Summary(Dashboard dashboard) => new()
    {
        ["name"] = dashboard.Name,
        ["title"] = dashboard.Title,
        ["description"] = (string?)dashboard.Json["description"],
        ["recorded"] = dashboard.NeedsCluster,
    };

    private JsonObject Recorded() => new()
    {
        ["source"] = content.Recorded.Series.Source,
        ["from"] = content.Recorded.Series.From.ToUnixTimeSeconds(),
        ["to"] = content.Recorded.Series.To.ToUnixTimeSeconds(),
    };

    private static DateTimeOffset? Time(Uri asked, string name) =>
        double.TryParse(System.Web.HttpUtility.ParseQueryString(asked.Query)[name], CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 1e11
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => MediaTypeNames.Text.Html,
        ".css" => MediaTypeNames.Text.Css,
        _ => MediaTypeNames.Text.JavaScript,
    };

    private static (HttpStatusCode, string, byte[]) Json(JsonNode body) =>
        (HttpStatusCode.OK, MediaTypeNames.Application.Json, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static (HttpStatusCode, string, byte[]) Text(HttpStatusCode status, string text) =>
        (status, MediaTypeNames.Text.Plain, Encoding.UTF8.GetBytes(text));

    // Of Prometheus' API, what a panel and a variable ask: nothing that changes, reloads or reveals its configuration.
    [GeneratedRegex("^/prometheus/(?<source>running|recorded)(?<path>/api/v1/(?:query|query_range|label/[a-zA-Z_][a-zA-Z0-9_]*/values))$")]
    private static partial Regex Question();
}
