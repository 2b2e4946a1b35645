using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Harness.Terraform.ModuleSources;

/// <summary>
/// A module registry on this machine's loopback that offers folders. Protocol: https://developer.hashicorp.com/terraform/internals/module-registry-protocol
/// </summary>
public sealed class ModuleRegistry : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, RegistryModule> modules;
    private readonly Task serving;

    private ModuleRegistry(IEnumerable<RegistryModule> modules)
    {
        this.modules = modules.ToDictionary(module => module.Package, StringComparer.OrdinalIgnoreCase);
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Base address of the service, with a slash at the end.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public static ModuleRegistry Start(IEnumerable<RegistryModule> modules) => new(modules);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await serving;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();

        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(AnswerAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(open);
    }

    // One request a connection: Terraform asks twice for each module.
    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            patience.CancelAfter(TimeSpan.FromSeconds(10));
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var request = await reader.ReadLineAsync(patience.Token) ?? "";

            while (await reader.ReadLineAsync(patience.Token) is { Length: > 0 })
            {
                // Headers say nothing that matters here.
            }

            var (status, header, body) = Respond(request.Split(' ').ElementAtOrDefault(1) ?? "");
            var answer = $"HTTP/1.1 {status}\r\n{header}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), patience.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            // The other side went away; it will say so itself if it minds.
        }
    }

    private (string Status, string Header, string Body) Respond(string path)
    {
        var parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);

        if (parts.Length < 4 || !modules.TryGetValue(string.Join('/', parts[..3]), out var module))
        {
            return ("404 Not Found", "", "");
        }

        return parts[3..] switch
        {
            ["versions"] => ("200 OK", "Content-Type: application/json\r\n", Versions(module)),
            [var version, "download"] when module.Versions.Contains(version) =>
                ("204 No Content", $"X-Terraform-Get: {new Uri(module.Folder).AbsoluteUri}\r\n", ""),
            _ => ("404 Not Found", "", ""),
        };
    }

    private static string Versions(RegistryModule module) => new JsonObject
    {
        ["modules"] = new JsonArray(new JsonObject
        {
            ["versions"] = new JsonArray([.. module.Versions.Select(version => new JsonObject { ["version"] = version })]),
        }),
    }.ToJsonString();
}
