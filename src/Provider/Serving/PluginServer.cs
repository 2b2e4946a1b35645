using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Causeway.Provider.Serving;

/// <summary>
/// Serves a provider to the Terraform that started this process: gRPC over HTTP/2 with TLS in both directions on a loopback port, announced in one line on
/// standard output. Source: https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md.
/// </summary>
internal static class PluginServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when Terraform asks for the shutdown, or when Terraform is gone.</summary>
    public static async Task RunAsync(ProviderService service)
    {
        var terraform = GetParentProcessId();
        TrustNoAuthority();
        using var certificate = SelfSigned();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            Unlimit(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(https => Secure(https, certificate));
            });
        });
        await using var app = builder.Build();
        var grpc = new Grpc(_ => service, () => ended.TrySetResult());
        app.Run(grpc.AnswerAsync);
        await app.StartAsync();

        var port = new Uri(app.Urls.Single()).Port;
        await Console.Out.WriteLineAsync($"1|6|tcp|127.0.0.1:{port}|grpc|{Convert.ToBase64String(certificate.RawData).TrimEnd('=')}");

        // An interrupt at the terminal reaches the whole process group: Terraform decides what becomes of it, and asks this process while it does.
        using var interrupt = OnSignal(PosixSignal.SIGINT, () => { });
        using var terminate = OnSignal(PosixSignal.SIGTERM, () => ended.TrySetResult());

        // A killed Terraform asks for no shutdown.
        using var watch = new Timer(_ => { if (GetParentProcessId() != terraform) { ended.TrySetResult(); } }, null, 1000, 1000);
        await ended.Task;

        // The answer to the shutdown may still be on its way. A client that keeps its connection open is not waited for.
        using var patience = new CancellationTokenSource(Patience);
        await app.StopAsync(patience.Token);
    }

    /// <summary>The only client is Terraform on this machine, which may be stopped or slowed down for as long as it likes.</summary>
    internal static void Unlimit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.KeepAliveTimeout = TimeSpan.FromDays(1); // an infinite one overflows: Kestrel then ends, once a second, what has no call at that moment
        limits.Http2.MaxStreamsPerConnection = 1000;
    }

    /// <summary>Does something instead of ending at a signal.</summary>
    internal static PosixSignalRegistration OnSignal(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });

    private static void Secure(HttpsConnectionAdapterOptions https, X509Certificate2 certificate)
    {
        https.ServerCertificate = certificate;
        https.HandshakeTimeout = TimeSpan.FromMinutes(1);

        // Terraform passes its own certificate in the environment: no other client is accepted.
        if (Environment.GetEnvironmentVariable("PLUGIN_CLIENT_CERT") is { Length: > 0 } pem)
        {
            using var expected = X509Certificate2.CreateFromPem(pem);
            var raw = expected.RawData;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (presented, _, _) => presented.RawData.AsSpan().SequenceEqual(raw);
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = DateTimeOffset.UtcNow;

        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(1));
    }

    // Each side knows the other's certificate. To complete a chain that is not asked for, OpenSSL would read every authority of the machine: two fifths of the
    // time to the handshake. It looks in the process's own environment, which .NET's copy does not change.
    private static void TrustNoAuthority()
    {
        // .NET makes its copy when it is first asked for all variables. Programs that the configuration starts get that copy, with the machine's authorities.
        _ = Environment.GetEnvironmentVariables();
        _ = SetEnvironment("SSL_CERT_DIR", "/dev/null", 1);
        _ = SetEnvironment("SSL_CERT_FILE", "/dev/null", 1);
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int GetParentProcessId();

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(string name, string value, int replaces);
}
