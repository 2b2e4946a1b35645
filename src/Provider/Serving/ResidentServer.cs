using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Causeway.Provider.Serving;

/// <summary>
/// Serves a provider to every Terraform that is told where it is, one after the other or beside each other. Each command would start it three times instead,
/// and read tables and make certificates as often. gRPC without TLS on a socket in a folder that only its owner can enter.
/// Source: https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode.
/// </summary>
internal static class ResidentServer
{
    /// <summary>The first argument of a provider that is to be resident.</summary>
    public const string Argument = "--resident";

    /// <summary>
    /// Writes its process id and the socket's path to standard output once it can be used. Returns on SIGTERM, and when the process that started it is gone
    /// and no Terraform is connected any more: one that goes on is still served.
    /// </summary>
    /// <param name="service">Makes the provider of one connection, which is one provider configuration of one command.</param>
    public static async Task RunAsync(Func<ProviderService> service)
    {
        var starter = PluginServer.GetParentProcessId();
        var folder = Directory.CreateTempSubdirectory("causeway-provider-"); // mode 700
        var socket = Path.Combine(folder.FullName, "socket");
        var connections = 0;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            PluginServer.Unlimit(kestrel.Limits);
            kestrel.ListenUnixSocket(socket, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(next => async connection =>
                {
                    Interlocked.Increment(ref connections);

                    try
                    {
                        using var own = service();
                        connection.Items[typeof(ProviderService)] = own;
                        await next(connection);
                    }
                    finally
                    {
                        Interlocked.Decrement(ref connections);
                    }
                });
            });
        });
        await using (var app = builder.Build())
        {
            app.Run(new Grpc(Of, shutdown: () => { }).AnswerAsync);
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"{Environment.ProcessId}|{socket}");

            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var interrupt = PluginServer.OnSignal(PosixSignal.SIGINT, () => { });
            using var terminate = PluginServer.OnSignal(PosixSignal.SIGTERM, () => ended.TrySetResult());
            using var watch = new Timer(
                _ => { if (PluginServer.GetParentProcessId() != starter && Volatile.Read(ref connections) is 0) { ended.TrySetResult(); } }, null, 1000, 1000);
            await ended.Task;
        }

        // Not before: the server takes its socket away itself.
        folder.Delete(recursive: true);
    }

    private static ProviderService Of(HttpContext http) =>
        (ProviderService)http.Features.Get<IConnectionItemsFeature>()!.Items[typeof(ProviderService)]!;
}
