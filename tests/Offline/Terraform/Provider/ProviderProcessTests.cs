using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causeway.Harness.Terraform.Providers;
using Causeway.Provider.Serving.Protocol;

namespace Causeway.Offline.Terraform.Provider;

/// <summary>The provider's process: whom it answers, and when it ends.</summary>
public sealed class ProviderProcessTests(Workbench workbench)
{
    private const string Cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ProviderProgram Program => new(workbench.Checkout);

    private string Schema => Path.Combine(workbench.Fixtures, "provider", "sample.json");

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task Started_by_anything_but_Terraform_it_says_what_it_is(string? cookie)
    {
        using var process = Start(await Program.EnsureAsync(Stop), cookie, null, Schema);
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);

        Assert.Equal(1, process.ExitCode);
        Assert.Equal("", await output);
        Assert.Contains("This is a Terraform provider", error, StringComparison.Ordinal);
    }

    public static TheoryData<string> Forms => [ProviderForm.ReadyToRun.Name, ProviderForm.Native.Name];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Only_Terraforms_certificate_gets_in_and_a_shutdown_ends_it(string form)
    {
        Assert.SkipUnless(form == ProviderForm.ReadyToRun.Name || await ProviderProgram.LinkerAsync(Stop) is not null, "there is no C compiler");
        var program = await Program.EnsureAsync(form == ProviderForm.Native.Name ? ProviderForm.Native : ProviderForm.ReadyToRun, Stop);
        using var own = Certificate();
        using var other = Certificate();
        using var process = Start(program, Cookie, own.ExportCertificatePem(), Schema);

        try
        {
            var line = await process.StandardOutput.ReadLineAsync(Stop) ?? "";
            Assert.Matches(@"^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|[A-Za-z0-9+/]+$", line);
            var address = new Announced(line.Split('|')[3], line.Split('|')[5]);

            await Assert.ThrowsAnyAsync<HttpRequestException>(() => CallAsync(address, null, "tfplugin6.Provider/GetProviderSchema"));
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => CallAsync(address, other, "tfplugin6.Provider/GetProviderSchema"));

            var (status, answer) = await CallAsync(address, own, "tfplugin6.Provider/GetProviderSchema");
            Assert.Equal("0", status);
            Assert.Contains("sample_host", GetProviderSchema.Types.Response.Parser.ParseFrom(answer).ResourceSchemas.Keys);
            Assert.Equal("12", (await CallAsync(address, own, "tfplugin6.Provider/NoSuchCall")).Status);
            Assert.Equal("12", (await CallAsync(address, own, "another.Service/GetProviderSchema")).Status);
            Assert.Equal("13", (await CallAsync(address, own, "tfplugin6.Provider/PlanResourceChange", [0xff])).Status);

            var stopped = Stopwatch.StartNew();
            Assert.Equal("0", (await CallAsync(address, own, "plugin.GRPCController/Shutdown")).Status);
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync(Stop));
            await process.WaitForExitAsync(Stop);
            Assert.Equal(0, process.ExitCode);
            Assert.InRange(stopped.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task It_does_not_read_the_machines_certificate_authorities()
    {
        using var own = Certificate();
        var unread = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var authorities = Path.Combine(workbench.Scratch.FullName, $"authorities-{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(authorities, own.ExportCertificatePem(), Stop);
        File.SetLastAccessTimeUtc(authorities, unread);
        using var process = Start(await Program.EnsureAsync(Stop), Cookie, own.ExportCertificatePem(), Schema, ("SSL_CERT_FILE", authorities));

        try
        {
            var line = await process.StandardOutput.ReadLineAsync(Stop) ?? "";
            Assert.Equal("0", (await CallAsync(new Announced(line.Split('|')[3], line.Split('|')[5]), own, "tfplugin6.Provider/GetProviderSchema")).Status);
            Assert.Equal(unread, File.GetLastAccessTimeUtc(authorities));
        }
        finally
        {
            process.Kill();
        }

        _ = await File.ReadAllTextAsync(authorities, Stop);
        Assert.SkipWhen(File.GetLastAccessTimeUtc(authorities) == unread, "this file system does not record when a file was read");
    }

    [Fact]
    public async Task Twenty_commands_at_once_leave_no_provider()
    {
        var folder = await TerraformFolder.WithAsync(workbench, "resource \"sample_network\" \"main\" {\n  name = \"main\"\n  cidr = \"10.0.0.0/16\"\n}");
        var command = folder.Terraform with { Arguments = ["providers", "schema", "-json"] };
        var running = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => command.RunAsync(Stop)));
        await UntilAsync(() => folder.Providers() is not [] || running.IsCompleted);

        Assert.All(await running, result => Assert.Contains("sample_network", result.Output, StringComparison.Ordinal));
        Assert.Empty(folder.Providers());
    }

    [Fact]
    public async Task A_provider_ends_with_a_Terraform_that_was_killed()
    {
        var folder = await Vpcs(150);
        using var terraform = await ApplyingAsync(folder, 10);
        Assert.NotEmpty(folder.Providers());

        terraform.Kill();
        await terraform.WaitForExitAsync(Stop);
        var killed = Stopwatch.StartNew();
        await UntilAsync(() => folder.Providers() is []);

        Assert.InRange(killed.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(folder.Resources().Count, 10, 150);
    }

    [Fact]
    public async Task An_interrupted_apply_goes_on_where_it_stopped()
    {
        var folder = await Vpcs(150);
        using var terraform = await ApplyingAsync(folder, 20);

        // A terminal sends it to everybody in the foreground.
        await Harness.CommandLine.Of("kill", ["-INT", $"{terraform.Id}", .. folder.Providers().Select(process => $"{process}")]).RunAsync(Stop);
        await terraform.WaitForExitAsync(Stop);

        Assert.Equal(1, terraform.ExitCode);
        Assert.Empty(folder.Providers());
        var made = folder.Resources().Count;
        Assert.InRange(made, 20, 149);

        var rest = await folder.RunAsync("apply", "-auto-approve");
        Assert.Contains($"{150 - made} added, 0 changed, 0 destroyed", rest.Output, StringComparison.Ordinal);
        Assert.Equal(150, folder.Resources().Select(resource => resource.Id).Distinct().Count());
        await folder.MustBeDoneAsync();
    }

    [Fact]
    public async Task A_provider_killed_in_the_middle_leaves_a_cloud_that_reads_and_a_state_that_goes_on()
    {
        var folder = await Vpcs(150);
        using var terraform = await ApplyingAsync(folder, 20);

        await Harness.CommandLine.Of("kill", ["-KILL", .. folder.Providers().Select(process => $"{process}")]).RunAsync(Stop);
        await terraform.WaitForExitAsync(Stop);

        Assert.Equal(1, terraform.ExitCode);
        var made = folder.Resources().Count;
        Assert.InRange(made, 20, 149);

        await folder.RunAsync("apply", "-auto-approve");

        // What was made after Terraform was gone is left over, as it would be in a real cloud.
        Assert.InRange(folder.Resources().Count, 150, 160);
        Assert.Empty(folder.Providers());
    }

    private Task<TerraformFolder> Vpcs(int count) => TerraformFolder.WithAsync(
        workbench,
        $"provider \"aws\" {{\n  region = \"eu-central-1\"\n}}\nresource \"aws_vpc\" \"many\" {{\n  count = {count}\n  cidr_block = \"10.0.0.0/16\"\n}}");

    /// <summary>Terraform in the middle of an apply that has made <paramref name="made"/> resources.</summary>
    private static async Task<Process> ApplyingAsync(TerraformFolder folder, int made)
    {
        var terraform = folder.Terraform;
        var start = new ProcessStartInfo(terraform.Program, ["apply", "-auto-approve", "-no-color", "-parallelism=2"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var (name, value) in terraform.Variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginErrorReadLine();

        for (var complete = 0; complete < made;)
        {
            var line = await process.StandardOutput.ReadLineAsync(Stop) ?? throw new InvalidOperationException("Terraform ended too early.");
            complete += line.Contains("Creation complete", StringComparison.Ordinal) ? 1 : 0;
        }

        process.OutputDataReceived += (_, _) => { };
        _ = process.StandardOutput.ReadToEndAsync(Stop);

        return process;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(50, Stop);
        }
    }

    private static Process Start(string program, string? cookie, string? certificate, string schema, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, [schema]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("TF_PLUGIN_MAGIC_COOKIE");

        if (cookie is not null)
        {
            start.Environment["TF_PLUGIN_MAGIC_COOKIE"] = cookie;
        }

        if (certificate is not null)
        {
            start.Environment["PLUGIN_CLIENT_CERT"] = certificate;
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static async Task<(string Status, byte[] Answer)> CallAsync(Announced provider, X509Certificate2? certificate, string call, byte[]? message = null)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
            Convert.ToBase64String(presented!.GetRawCertData()).TrimEnd('=') == provider.Certificate;
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate];
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!;
        using var client = new HttpClient(handler);
        var framed = new byte[5 + (message?.Length ?? 0)];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), framed.Length - 5);
        message?.CopyTo(framed, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://{provider.Address}/{call}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(framed),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var answer = await client.SendAsync(request, Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        var trailers = answer.TrailingHeaders.TryGetValues("grpc-status", out var status) || answer.Headers.TryGetValues("grpc-status", out status)
            ? status.Single()
            : "none";

        return (trailers, bytes.Length > 5 ? bytes[5..] : []);
    }

    /// <summary>What the handshake says: where the provider listens, and the certificate it will show.</summary>
    private sealed record Announced(string Address, string Certificate);
}
