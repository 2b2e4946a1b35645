using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Causeway.Harness.Local;

namespace Causeway.Harness.Commands;

/// <summary>One run of an operator command: its requests one after another, and what they answered as tables of text.</summary>
/// <param name="given">Values of the arguments that were given, by name.</param>
/// <param name="http">Its base address is the component's.</param>
public sealed class CommandRun(OperatorCommand command, IReadOnlyDictionary<string, string> given, HttpClient http)
{
    private readonly string unique = Guid.CreateVersion7().ToString();

    /// <summary>Sends the requests; hands every line to <paramref name="print"/>.</summary>
    /// <exception cref="PlatformException">An argument is missing, or an answer is not a success; the message says what to do.</exception>
    public async Task RunAsync(Action<string> print, CancellationToken stop)
    {
        foreach (var argument in command.Arguments)
        {
            if (argument.IsRequired && !given.ContainsKey(argument.Name))
            {
                throw new PlatformException($"{Shown(argument)} is missing.", $"Give it: {argument.Description}");
            }

            if (given.ContainsKey(argument.Name) && argument.Needs.FirstOrDefault(other => !given.ContainsKey(other)) is { } missing)
            {
                throw new PlatformException(
                    $"{Shown(argument)} needs {Shown(command.Arguments.Single(other => other.Name == missing))}.",
                    $"Give both; `./causeway {command.Workload} {command.Name} --help` shows them.");
            }
        }

        CommandRequest[] requests = [.. command.Requests.Where(request => request.Given.All(given.ContainsKey) && !request.Absent.Any(given.ContainsKey))];

        if (requests is [])
        {
            throw new PlatformException("These arguments ask for nothing.", $"`./causeway {command.Workload} {command.Name} --help` shows what can be given.");
        }

        foreach (var request in requests)
        {
            Table(await AnswersAsync(request, stop), request.Columns).ForEach(print);
        }
    }

    private async Task<IReadOnlyList<JsonNode>> AnswersAsync(CommandRequest request, CancellationToken stop)
    {
        var path = OperatorCommand.Fill(request.Path, name => Uri.EscapeDataString(Value(name)));
        var body = request.Body is null ? null : Filled(request.Body);
        var items = new List<JsonNode>();
        string? page = null;

        do
        {
            var answer = await SendAsync(
                request.Method, page is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}{request.Parameter}={Uri.EscapeDataString(page)}", body, stop);

            if (answer is not null)
            {
                items.AddRange(request.Items is null ? [answer] : (answer[request.Items]?.AsArray() ?? []).Select(item => item!));
            }

            page = request.Next is null ? null : (string?)answer?[request.Next];
        }
        while (page is not null);

        return items;
    }

    private async Task<JsonNode?> SendAsync(string method, string path, JsonNode? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        if (!answer.IsSuccessStatusCode)
        {
            throw new PlatformException(
                $"{command.Component} answered {(int)answer.StatusCode} to {method} {path}.",
                answer.Headers.RetryAfter is { Delta: { } wait }
                    ? $"Try again in {wait.TotalSeconds:0} s; the reason is above."
                    : "Read its reason above and correct the command.",
                text);
        }

        return text is "" ? null : JsonNode.Parse(text);
    }

    private string Value(string name)
    {
        if (name is OperatorCommand.Unique)
        {
            return unique;
        }

        var argument = command.Arguments.Single(argument => argument.Name == name);

        return given.TryGetValue(name, out var value)
            ? value
            : argument.Default is { } otherwise
                ? OperatorCommand.Fill(otherwise, _ => unique)
                : throw new PlatformException($"{Shown(argument)} is missing.", $"Give it: {argument.Description}");
    }

    // A text that is nothing but one placeholder takes the argument's type; elsewhere its value is part of the text.
    private JsonNode? Filled(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(field => KeyValuePair.Create(field.Key, Filled(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Filled)]),
        JsonValue value when value.TryGetValue<string>(out var text) =>
            OperatorCommand.Placeholders(text).ToArray() is [var only] && text == $"{{{only}}}" ? Typed(only) : OperatorCommand.Fill(text, Value),
        _ => node?.DeepClone(),
    };

    private JsonNode? Typed(string name) => command.Arguments.SingleOrDefault(argument => argument.Name == name)?.Type switch
    {
        "integer" or "boolean" => JsonNode.Parse(Value(name)),
        _ => Value(name),
    };

    private static List<string> Table(IReadOnlyList<JsonNode> items, IReadOnlyList<string> columns)
    {
        var rows = items.Select(item => columns.Select(column => item[column]).ToArray()).ToArray();
        int[] widths = [.. columns.Select((_, at) => rows.Select(row => row[at]?.ToString().Length ?? 0).DefaultIfEmpty().Max())];

        string Aligned(JsonNode? cell, int width) => IsNumber(cell) ? $"{cell}".PadLeft(width) : $"{cell}".PadRight(width);

        return columns is []
            ? []
            : [.. rows.Select(row => string.Join("  ", row.Select((cell, at) => Aligned(cell, widths[at]))).TrimEnd())];
    }

    private static bool IsNumber(JsonNode? cell) => cell?.GetValueKind() is System.Text.Json.JsonValueKind.Number;

    private static string Shown(CommandArgument argument) => argument.IsOption ? $"--{argument.Name}" : argument.Name;
}
