using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Causeway.Offline.Terraform.Plans;

/// <summary>As much of S3 and STS as Terraform's backend asks for, on this machine: objects of one bucket, which has to be made first.</summary>
internal sealed class LoopbackBucket : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly string name;
    private readonly Task served;

    public LoopbackBucket(string name)
    {
        this.name = name;
        Address = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        served = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Whether the bucket can be made.</summary>
    public bool MayBeMade { get; set; } = true;

    /// <summary>Whether its objects can be written and deleted, or only read.</summary>
    public bool MayBeWritten { get; set; } = true;

    public bool IsThere { get; private set; }

    public ConcurrentDictionary<string, byte[]> Objects { get; } = [];

    public void Dispose()
    {
        // Closed at once: after a stop, closing would ask for the port again, which may be another's by then.
        listener.Close();
        served.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var (status, body) = await AnswerAsync(context.Request);
                context.Response.StatusCode = (int)status;
                context.Response.ContentType = "application/xml";
                context.Response.ContentLength64 = body.Length;

                if (status is HttpStatusCode.PartialContent)
                {
                    context.Response.AddHeader("Content-Range", $"bytes 0-{body.Length - 1}/{body.Length}");
                }

                await context.Response.OutputStream.WriteAsync(context.Request.HttpMethod is "HEAD" ? [] : body);
                context.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // Terraform hung up, or the bucket is disposed of.
            }
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> AnswerAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);

        return (request.HttpMethod, request.Url!.AbsolutePath.Trim('/').Split('/', 2)) switch
        {
            ("POST", [""]) => (HttpStatusCode.OK, Text(
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>" +
                "<Arn>arn:aws:iam::111122223333:user/test</Arn><UserId>AIDATEST</UserId><Account>111122223333</Account>" +
                "</GetCallerIdentityResult></GetCallerIdentityResponse>")),
            ("PUT", [var bucket]) when bucket == name => (IsThere = MayBeMade) ? (HttpStatusCode.OK, []) : Error(HttpStatusCode.Forbidden, "AccessDenied"),
            _ when !IsThere => Error(HttpStatusCode.NotFound, "NoSuchBucket"),
            ("GET", [var bucket]) when bucket == name => (HttpStatusCode.OK, Text(
                $"<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>{name}</Name><KeyCount>0</KeyCount>" +
                "<IsTruncated>false</IsTruncated></ListBucketResult>")),
            ("PUT" or "DELETE", [_, _]) when !MayBeWritten => Error(HttpStatusCode.Forbidden, "AccessDenied"),
            ("PUT", [_, var key]) => (HttpStatusCode.OK, Objects.AddOrUpdate(key, body.ToArray(), (_, _) => body.ToArray())[..0]),
            // Terraform reads an object part by part until it has the size that the answer names: here the first part is all.
            ("GET" or "HEAD", [_, var key]) => Objects.TryGetValue(key, out var found)
                ? (HttpStatusCode.PartialContent, found)
                : Error(HttpStatusCode.NotFound, "NoSuchKey"),
            ("DELETE", [_, var key]) => Objects.TryRemove(key, out _) ? (HttpStatusCode.NoContent, []) : Error(HttpStatusCode.NotFound, "NoSuchKey"),
            _ => Error(HttpStatusCode.NotImplemented, "NotImplemented"),
        };
    }

    private static (HttpStatusCode, byte[]) Error(HttpStatusCode status, string code) => (status, Text($"<Error><Code>{code}</Code></Error>"));

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();

        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
