using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Causeway.Integration.Local;

/// <summary>What the edge answers by itself, on whatever route there is: the right status, as a problem document.</summary>
public sealed class EdgeErrors(RunningPlatform running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Uri Route => running.Platform.Routes.First(route => route.Host is "localhost");

    /// <summary>Sends bytes as they are, and reads until the edge has closed the connection.</summary>
    private async Task<(int Status, string Headers, string Body)> RawAsync(string request)
    {
        using var socket = new TcpClient(Route.Host, Route.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        using var reader = new StreamReader(socket.GetStream());
        var answer = (await reader.ReadToEndAsync(Stop)).Split("\r\n\r\n", 2);

        return (int.Parse(answer[0].Split(' ')[1]), answer[0], answer[1]);
    }

    private static void IsProblem((int Status, string Headers, string Body) answer, int status)
    {
        Assert.Equal(status, answer.Status);
        Assert.Contains("content-type: application/problem+json", answer.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(status, (int)JsonNode.Parse(answer.Body)!["status"]!);
    }

    [Theory]
    [InlineData("/../healthz/ready")]
    [InlineData("/%2e%2e/openapi/v1.json")]
    [InlineData("/.%2E/openapi/v1.json")]
    [InlineData("/./x")]
    [InlineData("/..;/healthz/ready")]
    [InlineData("/..%2fhealthz/ready")]
    [InlineData("/..")]
    public async Task A_path_with_dot_segments_is_malformed(string rest)
    {
        IsProblem(await RawAsync($"GET {Route.AbsolutePath}{rest} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 400);
        IsProblem(await RawAsync($"GET http://localhost{Route.AbsolutePath}{rest} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 400);
    }

    [Theory]
    [InlineData("/a..b")]
    [InlineData("/...")]
    [InlineData("?of=/../x")]
    public async Task Other_dots_are_passed_on(string rest) =>
        Assert.DoesNotContain(
            "dot segment",
            (await RawAsync($"GET {Route.AbsolutePath}{rest} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).Body,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("/healthz/ready")]
    [InlineData("/healthz/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    public async Task What_the_management_port_serves_has_no_route(string path) =>
        IsProblem(await RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 404);

    [Fact]
    public async Task A_request_without_Host_is_malformed() =>
        IsProblem(await RawAsync($"GET {Route.AbsolutePath} HTTP/1.1\r\nConnection: close\r\n\r\n"), 400);

    [Fact]
    public async Task A_body_that_does_not_arrive_ends_with_408() =>
        IsProblem(await RawAsync($"POST {Route.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"), 408);

    [Fact]
    public async Task A_header_that_does_not_end_ends_with_408() =>
        // haproxy's parser answers by itself, without the edge's problem document (docs/traps.md).
        Assert.Equal(408, (await RawAsync($"GET {Route.AbsolutePath} HTTP/1.1\r\nHost: loc")).Status);

    [Fact]
    public async Task What_is_not_HTTP_is_malformed() => Assert.Equal(400, (await RawAsync("hello\r\n\r\n")).Status);
}
