using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Causeway.Harness.Terraform.Providers;

namespace Causeway.Offline.Terraform.Providers;

/// <summary>A provider that outlives one command: whom it serves, and when it ends.</summary>
public sealed class ResidentProviderTests(Workbench workbench)
{
    private const string TwoRegions =
        """
        provider "aws" {
          region = "eu-central-1"
        }

        provider "aws" {
          alias  = "away"
          region = "us-east-1"
        }

        data "aws_region" "here" {}

        data "aws_region" "away" {
          provider = aws.away
        }

        resource "terraform_data" "regions" {
          input = "${data.aws_region.here.region} ${data.aws_region.away.region}"
        }

        output "regions" {
          value = terraform_data.regions.output
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_commands_of_a_root_have_one_process_and_each_configuration_is_told_from_the_other()
    {
        await using var root = await Scratch.CopyAsync(workbench, TwoRegions);
        Assert.Empty(ServingIn(root.Folder));

        await root.PlanAsync(Stop);
        var first = Assert.Single(ServingIn(root.Folder));
        await root.ApplyAsync(Stop);
        Assert.True((await root.PlanAsync(Stop)).IsEmpty);

        Assert.Equal("eu-central-1 us-east-1", (string?)(await root.OutputAsync(Stop))["regions"].Value);
        Assert.Equal(first.Id, Assert.Single(ServingIn(root.Folder)).Id);
    }

    [Fact]
    public async Task It_ends_with_its_root_and_leaves_no_socket()
    {
        string folder;
        string socket;

        await using (var root = await Scratch.CopyAsync(workbench, TwoRegions))
        {
            await root.ValidateAsync(Stop);
            folder = root.Folder;
            socket = SocketOf(Assert.Single(ServingIn(folder)));
            Assert.True(File.Exists(socket));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        }

        Assert.Empty(ServingIn(folder));
        Assert.False(Directory.Exists(Path.GetDirectoryName(socket)));
    }

    [Fact]
    public async Task It_serves_on_while_Terraform_is_connected_and_ends_when_neither_it_nor_its_starter_is_there()
    {
        var program = await new ProviderProgram(workbench.Checkout).EnsureAsync(Stop);
        var schema = Path.Combine(workbench.Fixtures, "provider", "sample.json");
        using var starter = Process.Start(new ProcessStartInfo("sh", ["-c", $"'{program}' --resident '{schema}' & wait"]) { RedirectStandardOutput = true })!;
        var announced = (await starter.StandardOutput.ReadLineAsync(Stop))!.Split('|');
        using var provider = Process.GetProcessById(int.Parse(announced[0]));

        using (var terraform = Client(announced[1]))
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(terraform));
            starter.Kill();
            await starter.WaitForExitAsync(Stop);

            // It looks for its starter once a second.
            for (var since = Stopwatch.StartNew(); since.Elapsed.TotalSeconds < 3;)
            {
                Assert.Equal(HttpStatusCode.OK, await AskAsync(terraform));
            }
        }

        await provider.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.False(Directory.Exists(Path.GetDirectoryName(announced[1])));
    }

    [Fact]
    public async Task A_connection_without_a_call_stays_open()
    {
        var program = await new ProviderProgram(workbench.Checkout).EnsureAsync(Stop);
        var schema = Path.Combine(workbench.Fixtures, "provider", "sample.json");
        using var provider = Process.Start(new ProcessStartInfo(program, ["--resident", schema]) { RedirectStandardOutput = true })!;

        try
        {
            var socket = (await provider.StandardOutput.ReadLineAsync(Stop))!.Split('|')[1];
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), Stop);
            await using var stream = new NetworkStream(connection);
            // The preface and empty settings: https://www.rfc-editor.org/rfc/rfc9113#section-3.4
            await stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0], Stop);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            patience.CancelAfter(TimeSpan.FromSeconds(3)); // Kestrel looks for connections that time out once a second

            // The server's settings may come, and the end of the stream must not.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await stream.ReadAsync(new byte[1024], patience.Token) > 0)
                {
                }
            });
        }
        finally
        {
            await Harness.CommandLine.Of("kill", $"{provider.Id}").TryRunAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task One_that_cannot_read_its_schema_says_so()
    {
        var file = Path.Combine(workbench.Scratch.FullName, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, """{ "provider": "registry.terraform.io/hashicorp/aws", "version": "6.0.0", "resources": 1 }""", Stop);
        await using var resident = new ResidentProviders(
            await new ProviderProgram(workbench.Checkout).EnsureAsync(Stop), [MirroredProvider.Of(file)], Harness.CommandLine.Of(""));

        var refused = await Assert.ThrowsAsync<Harness.PlatformException>(() => resident.AttachAsync(Stop));

        Assert.Contains("hashicorp/aws did not start", refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, refused.Log, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Process> ServingIn(string folder) =>
    [
        .. Process.GetProcessesByName("Provider").Where(process => new DirectoryInfo($"/proc/{process.Id}/cwd").LinkTarget == folder),
    ];

    // The end of a connection that is about to be closed is called like what it was accepted from.
    private static string SocketOf(Process provider) => File.ReadLines("/proc/net/unix")
        .Select(line => line.Split(' ')[^1])
        .Distinct()
        .Single(path => path.Contains("/causeway-provider-", StringComparison.Ordinal) && Holds(provider, path));

    // The kernel names a process's sockets by number only, and the file by name only.
    private static bool Holds(Process provider, string path)
    {
        var line = File.ReadLines("/proc/net/unix").First(line => line.EndsWith($" {path}", StringComparison.Ordinal));
        var number = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[6];

        return Directory.EnumerateFiles($"/proc/{provider.Id}/fd").Any(file => new FileInfo(file).LinkTarget == $"socket:[{number}]");
    }

    private static HttpClient Client(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);

            return new NetworkStream(connection, ownsSocket: true);
        },
    });

    private static async Task<HttpStatusCode> AskAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://provider/tfplugin6.Provider/GetProviderSchema")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]),
        };
        using var answer = await client.SendAsync(request, Stop);

        return answer.StatusCode;
    }
}
