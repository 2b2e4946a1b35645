using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Commands;
using Causeway.Harness.Contract;

namespace Causeway.Offline.Commands;

/// <summary>Operator commands: what a file may say, what is sent, and what is printed.</summary>
public sealed class OperatorCommandTests(Workbench workbench)
{
    private const string Stock = """
        command:
          apiVersion: causeway/v1
          description: Show parts, or change them.
          component: store
          arguments:
            - { name: part, type: string, description: Which part. }
          options:
            add: { type: integer, description: Pieces to add., needs: [part] }
            id: { type: string, description: Id of the change., default: "{unique}", needs: [add] }
          requests:
            - { given: [add], request: "POST /parts/{part}/changes", body: { id: "{id}", delta: "{add}", text: "add {add}" } }
            - { given: [part], request: "GET /parts/{part}", print: { columns: [part, count] } }
            - { absent: [part], request: "GET /parts?limit=2", pages: { next: next, parameter: page }, print: { items: items, columns: [part, count] } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DocumentSchema Schema => DocumentSchema.Load(workbench.Checkout.Root, "command");

    private OperatorCommand Read(string yaml) => OperatorCommand.Read(Yaml.Load(yaml)[0].AsObject(), "shop", "stock", Schema, ["store", "front"]);

    private async Task<(IReadOnlyList<string> Sent, IReadOnlyList<string> Printed)> RunAsync(
        Dictionary<string, string> given, Func<HttpRequestMessage, (int Status, string Body)> answer)
    {
        var component = new Component(answer);
        using var http = new HttpClient(component) { BaseAddress = new Uri("http://store") };
        var printed = new List<string>();
        await new CommandRun(Read(Stock), given, http).RunAsync(printed.Add, Stop);

        return (component.Sent, printed);
    }

    [Fact]
    public void Every_command_of_every_workload_can_be_read()
    {
        var commands = workbench.Checkout.Workloads()
            .SelectMany(workload => OperatorCommand.Names(workbench.Checkout, workload).Select(name => (Workload: workload, Name: name))).ToArray();
        var gate = new Gate("operator commands", commands.Select(command => $"{command.Workload} {command.Name}"));

        foreach (var (workload, name) in commands)
        {
            gate.Record($"{workload} {name}", OperatorCommand.Load(workbench.Checkout, workload, name).Requests is [] ? "no requests" : null);
        }

        gate.Close();
    }

    [Theory]
    [InlineData("component: store", "component: cellar", "which workload shop does not have")]
    [InlineData("needs: [part]", "needs: [piece]", "piece is not an argument")]
    [InlineData("/parts/{part}/changes", "/parts/{sku}/changes", "sku is not an argument")]
    [InlineData("type: integer", "type: number", "options.add.type should be one of")]
    [InlineData("GET /parts?limit=2", "FETCH /parts", "requests[2].request should match")]
    [InlineData("description: Which part.", "description: Which part., requird: true", "arguments[0].requird is not known here")]
    [InlineData("    add: {", "    instance: {", "options.instance")]
    [InlineData("    add: {", "    context: {", "options.context")]
    [InlineData("    id: {", "    more: { type: boolean, description: No use. }\n    id: {", "more is used by no request")]
    [InlineData("default: \"{unique}\"", "default: \"{unique}\", required: true", "id is required and has a default")]
    public void A_mistake_in_a_file_is_named(string right, string wrong, string message)
    {
        Assert.Contains(right, Stock, StringComparison.Ordinal);
        var refusal = Assert.Throws<InvalidDataException>(() => Read(Stock.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.StartsWith("services/shop/commands/stock.yaml: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_argument_is_put_in_escaped_and_with_its_type()
    {
        var (sent, printed) = await RunAsync(
            new() { ["part"] = "a/b c", ["add"] = "12", ["id"] = "one" }, request => (200, request.Method == HttpMethod.Get ? """{"part":"a/b c","count":12}""" : "{}"));

        Assert.Equal(["POST /parts/a%2Fb%20c/changes {\"id\":\"one\",\"delta\":12,\"text\":\"add 12\"}", "GET /parts/a%2Fb%20c"], sent);
        Assert.Equal(["a/b c  12"], printed);
    }

    [Fact]
    public async Task A_default_may_be_new_in_every_run()
    {
        static (int, string) Answer(HttpRequestMessage request) => (200, """{"part":"x","count":1}""");
        string IdOf(IReadOnlyList<string> sent) => (string)JsonNode.Parse(sent[0].Split(' ', 3)[2])!["id"]!;

        var first = await RunAsync(new() { ["part"] = "x", ["add"] = "1" }, Answer);
        var second = await RunAsync(new() { ["part"] = "x", ["add"] = "1" }, Answer);

        Assert.True(Guid.TryParse(IdOf(first.Sent), out _));
        Assert.NotEqual(IdOf(first.Sent), IdOf(second.Sent));
    }

    [Fact]
    public async Task Pages_are_followed_to_the_end_and_columns_are_aligned()
    {
        var (sent, printed) = await RunAsync([], request => (200, request.RequestUri!.Query.Contains("page=t%3D1", StringComparison.Ordinal)
            ? """{"items":[{"part":"nut","count":7}]}"""
            : """{"items":[{"part":"bolt","count":1000}],"next":"t=1"}"""));

        Assert.Equal(["GET /parts?limit=2", "GET /parts?limit=2&page=t%3D1"], sent);
        Assert.Equal(["bolt  1000", "nut      7"], printed);
    }

    [Fact]
    public async Task What_an_argument_needs_must_be_given()
    {
        var refusal = await Assert.ThrowsAsync<PlatformException>(() => RunAsync(new() { ["add"] = "1" }, _ => (200, "{}")));

        Assert.Equal("--add needs part.", refusal.Message);
    }

    [Fact]
    public async Task An_answer_that_is_not_a_success_ends_the_command_with_its_text()
    {
        var refusal = await Assert.ThrowsAsync<PlatformException>(() => RunAsync(new() { ["part"] = "x", ["add"] = "-1" }, _ => (409, "below zero")));

        Assert.Equal(("store answered 409 to POST /parts/x/changes.", "below zero"), (refusal.Message, refusal.Log));
    }

    private sealed class Component(Func<HttpRequestMessage, (int Status, string Body)> answer) : HttpMessageHandler
    {
        private readonly List<string> sent = [];

        public IReadOnlyList<string> Sent => sent;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            var body = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(stop);
            sent.Add($"{request.Method} {request.RequestUri!.PathAndQuery}{body}");
            var (status, text) = answer(request);

            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }
    }
}
