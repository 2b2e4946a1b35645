using System.Collections.Concurrent;
using System.Threading.Channels;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Causeway.Offline.Clusters;

/// <summary>
/// Plays answers of a Kubernetes API over real HTTP, to the real KubernetesClient: lists, watches and errors in the API's form. It is not an API server: it
/// stores and validates nothing, runs no controller, and asks for no credentials. What a real one does is shown by the tests in tests/Integration/Clusters.
/// </summary>
internal sealed class PlayedApi : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, Queue<(int Status, string Json)>> answers = new();
    private readonly ConcurrentDictionary<string, Channel<string>> watches = new();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ConcurrentQueue<(string Path, string Type, string Body)> changes = new();

    private PlayedApi(WebApplication server) => this.server = server;

    public string Address => server.Urls.Single();

    /// <summary>The requests so far: <c>GET /api/v1/namespaces?watch=true</c>.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>The changes so far (PATCH): path with query, type of content, body. Each is answered 200, unless its path plays something.</summary>
    public IReadOnlyList<(string Path, string Type, string Body)> Changes => [.. changes];

    public static async Task<PlayedApi> StartAsync(CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var api = new PlayedApi(server);
        server.Run(api.AnswerAsync);
        await server.StartAsync(stop);

        return api;
    }

    public IKubernetes Client() => new k8s.Kubernetes(new KubernetesClientConfiguration { Host = Address });

    /// <summary>Answers of a path, one for each request; the last one stays.</summary>
    public void Plays(string path, params string[] json) => Plays(path, [.. json.Select(one => (200, one))]);

    public void Plays(string path, params (int Status, string Json)[] all) => answers[path] = new(all);

    /// <summary>A list with nothing in it.</summary>
    public void PlaysNothing(params string[] paths)
    {
        foreach (var path in paths)
        {
            Plays(path, List());
        }
    }

    /// <summary>Sends an event of a watch to the one who watches the path.</summary>
    public void Sends(string path, string type, string item) => Watch(path).Writer.TryWrite($$"""{"type":"{{type}}","object":{{OneLine(item)}}}""");

    /// <summary>Ends the watch of a path, as API servers do every few minutes.</summary>
    public void Ends(string path) => Watch(path).Writer.TryWrite("");

    public static string List(params string[] items) => $$"""
        { "kind": "List", "apiVersion": "v1", "metadata": { "resourceVersion": "100" }, "items": [{{string.Join(',', items)}}] }
        """;

    /// <summary>The kinds of a group and version, as discovery names them.</summary>
    public static string Kinds(params (string Plural, string Kind, bool IsNamespaced)[] all) => $$"""
        { "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [{{string.Join(',', all.Select(one =>
            $$"""{ "name": "{{one.Plural}}", "kind": "{{one.Kind}}", "namespaced": {{(one.IsNamespaced ? "true" : "false")}} }"""))}}] }
        """;

    public static string Status(int code, string reason, string message) => $$"""
        { "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": "{{message}}", "reason": "{{reason}}", "code": {{code}} }
        """;

    public async ValueTask DisposeAsync()
    {
        foreach (var path in watches.Keys)
        {
            Ends(path);
        }

        await server.DisposeAsync();
    }

    private static string OneLine(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();

    private Channel<string> Watch(string path) => watches.GetOrAdd(path, _ => Channel.CreateUnbounded<string>());

    private async Task AnswerAsync(HttpContext context)
    {
        var (path, stop) = (context.Request.Path.Value!.TrimEnd('/'), context.RequestAborted);
        asked.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
        context.Response.ContentType = "application/json";

        if (context.Request.Method is "PATCH")
        {
            using var body = new StreamReader(context.Request.Body);
            changes.Enqueue(($"{path}{context.Request.QueryString}", context.Request.ContentType ?? "", await body.ReadToEndAsync(stop)));

            if (!answers.ContainsKey(path))
            {
                await context.Response.WriteAsync("{}", stop);

                return;
            }
        }

        if (context.Request.Query["watch"] == "true")
        {
            await context.Response.Body.FlushAsync(stop);

            while (await Watch(path).Reader.ReadAsync(stop) is not "" and var line)
            {
                await context.Response.WriteAsync(line + "\n", stop);
                await context.Response.Body.FlushAsync(stop);
            }

            return;
        }

        var (status, json) = answers.TryGetValue(path, out var all) ? all.Count > 1 ? all.Dequeue() : all.Peek() : (404, Status(404, "NotFound", path));
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(json, stop);
    }
}
