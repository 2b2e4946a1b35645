using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Causeway.Provider.Serving;

/// <summary>
/// gRPC's framing of unary calls: one message per direction behind five bytes (not compressed, length), the outcome in the trailers <c>grpc-status</c> and
/// <c>grpc-message</c>. Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md.
/// </summary>
/// <param name="serviceOf">Who answers what came over a connection.</param>
/// <param name="shutdown">What a client's wish that the process ends leads to.</param>
internal sealed class Grpc(Func<HttpContext, ProviderService> serviceOf, Action shutdown)
{
    private const int Unimplemented = 12;
    private const int Internal = 13;

    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/grpc";
        var method = http.Request.Path.Value!;

        try
        {
            if (method is "/plugin.GRPCController/Shutdown")
            {
                await WriteAsync(http.Response, []);
                http.Response.AppendTrailer("grpc-status", "0");
                http.Response.OnCompleted(() =>
                {
                    shutdown();

                    return Task.CompletedTask;
                });

                return;
            }

            var request = await ReadAsync(http.Request);

            if (serviceOf(http).Answer(method[(method.LastIndexOf('/') + 1)..], request) is not { } answer
                || !method.StartsWith("/tfplugin6.Provider/", StringComparison.Ordinal))
            {
                http.Response.AppendTrailer("grpc-status", $"{Unimplemented}");
                http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString($"{method} is not served"));

                return;
            }

            await WriteAsync(http.Response, answer.ToByteArray());
            http.Response.AppendTrailer("grpc-status", "0");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"[ERROR] {method}: {error}");
            http.Response.AppendTrailer("grpc-status", $"{Internal}");
            http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString($"{method}: {error.Message}"));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = body.ToArray();

        if (bytes.Length < 5)
        {
            return [];
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1));

        return bytes[0] is 0 && bytes.Length >= 5 + length ? bytes[5..(5 + length)] : throw new FormatException("The message is compressed or cut short.");
    }

    private static async Task WriteAsync(HttpResponse response, byte[] message)
    {
        var framed = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        await response.Body.WriteAsync(framed);
    }
}
