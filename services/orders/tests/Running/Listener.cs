using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orders.Tests.Running;

/// <param name="Path">With the method before it, such as `POST /reservations`.</param>
internal sealed record Received(string Path, IHeaderDictionary Headers, byte[] Body);

/// <summary>A small HTTP server that remembers what it received and answers as told.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private Listener(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public IReadOnlyList<Received> Received => [.. received];

    public static async Task<Listener> StartAsync(Func<Received, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var listener = new Listener(builder.Build());

        listener.app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var request = new Received($"{http.Request.Method} {http.Request.Path}", new HeaderDictionary(http.Request.Headers.ToDictionary()), body.ToArray());
            listener.received.Enqueue(request);
            await answer(request, http.Response);
        });

        await listener.app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
