using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Causeway.Harness.Contract;

namespace Causeway.Harness.Commands;

/// <summary>An argument of an operator command.</summary>
/// <param name="Type"><c>string</c>, <c>integer</c> or <c>boolean</c>.</param>
/// <param name="IsOption">Whether it is written <c>--name value</c>; else by its place.</param>
/// <param name="Default">What it is where it is left out; null: it is not given.</param>
/// <param name="Needs">Other arguments that must be given with it.</param>
public sealed record CommandArgument(
    string Name, string Type, string Description, bool IsOption, bool IsRequired, string? Default, IReadOnlyList<string> Needs);

/// <summary>One request of an operator command, and what is printed of its answer.</summary>
/// <param name="Given">It is sent only where all of these arguments are given, and none of <paramref name="Absent"/>.</param>
/// <param name="Body">JSON with placeholders; null: none.</param>
/// <param name="Next">Field of the answer that leads to the next page; null where there are no pages.</param>
/// <param name="Parameter">Query parameter that the value of <paramref name="Next"/> is sent as.</param>
/// <param name="Items">Field of the answer that holds a list to print; null: the answer itself is printed.</param>
/// <param name="Columns">Fields that are printed; none: nothing is.</param>
public sealed record CommandRequest(
    IReadOnlyList<string> Given,
    IReadOnlyList<string> Absent,
    string Method,
    string Path,
    JsonNode? Body,
    string? Next,
    string? Parameter,
    string? Items,
    IReadOnlyList<string> Columns);

/// <summary>
/// <c>services/&lt;workload&gt;/commands/&lt;command&gt;.yaml</c>: something that operators of a workload do by asking one of its components.
/// <c>{argument}</c> stands for an argument's value, <c>{unique}</c> for a value that is new in every run.
/// </summary>
public sealed partial record OperatorCommand(
    string Workload,
    string Name,
    string Description,
    string Component,
    bool Management,
    IReadOnlyList<CommandArgument> Arguments,
    IReadOnlyList<CommandRequest> Requests)
{
    /// <summary>The placeholder that does not stand for an argument.</summary>
    public const string Unique = "unique";

    /// <summary>Names of a workload's commands: its files, none of which is read.</summary>
    public static IReadOnlyList<string> Names(Repository repository, string workload) =>
        repository.PathTo("services", workload, "commands") is var folder && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Reads a command of a workload.</summary>
    /// <exception cref="InvalidDataException">The file violates its schema, or refers to an argument or a component that there is not.</exception>
    public static OperatorCommand Load(Repository repository, string workload, string name) =>
        Read(
            Yaml.LoadFile(repository.PathTo("services", workload, "commands", $"{name}.yaml")),
            workload,
            name,
            DocumentSchema.Load(repository.Root, "command"),
            [
                .. Yaml.LoadFile(repository.PathTo("services", workload, "workload.yaml"))["workload"]!["components"]!
                    .AsObject()
                    .Select(component => component.Key)
            ]);

    /// <inheritdoc cref="Load"/>
    /// <param name="components">Names of the workload's components.</param>
    public static OperatorCommand Read(JsonObject document, string workload, string name, DocumentSchema schema, IReadOnlyList<string> components)
    {
        var file = $"services/{workload}/commands/{name}.yaml";

        if (schema.Problems(document) is [_, ..] problems)
        {
            throw new InvalidDataException($"{file}: {string.Join("; ", problems)}.");
        }

        var command = From(document["command"]!.AsObject(), workload, name);

        return Problems(command, components).FirstOrDefault() is { } problem ? throw new InvalidDataException($"{file}: {problem}.") : command;
    }

    /// <summary>Every placeholder of a text.</summary>
    public static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>Puts values in the place of placeholders.</summary>
    /// <param name="value">The text that stands for a placeholder.</param>
    public static string Fill(string text, Func<string, string> value) => Placeholder().Replace(text, match => value(match.Groups[1].Value));

    private static OperatorCommand From(JsonObject command, string workload, string name) => new(
        workload,
        name,
        (string)command["description"]!,
        (string)command["component"]!,
        (bool?)command["management"] ?? false,
        [
            .. (command["arguments"]?.AsArray() ?? []).Select(argument => Argument((string)argument!["name"]!, argument.AsObject(), isOption: false)),
            .. (command["options"]?.AsObject() ?? []).Select(option => Argument(option.Key, option.Value!.AsObject(), isOption: true)),
        ],
        [.. command["requests"]!.AsArray().Select(request => Request(request!.AsObject()))]);

    private static CommandArgument Argument(string name, JsonObject argument, bool isOption) => new(
        name,
        (string)argument["type"]!,
        (string)argument["description"]!,
        isOption,
        (bool?)argument["required"] ?? false,
        argument["default"]?.ToString(),
        Texts(argument["needs"]));

    private static CommandRequest Request(JsonObject request)
    {
        var parts = ((string)request["request"]!).Split(' ', 2);

        return new CommandRequest(
            Texts(request["given"]),
            Texts(request["absent"]),
            parts[0],
            parts[1],
            request["body"],
            (string?)request["pages"]?["next"],
            (string?)request["pages"]?["parameter"],
            (string?)request["print"]?["items"],
            Texts(request["print"]?["columns"]));
    }

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(text => (string)text!)];

    private static IEnumerable<string> Problems(OperatorCommand command, IReadOnlyList<string> components)
    {
        var names = command.Arguments.Select(argument => argument.Name).ToArray();
        var placeholders = command.Requests
            .SelectMany(request => Placeholders(request.Path).Concat(Placeholders(request.Body?.ToJsonString() ?? "")))
            .Where(name => name is not Unique);
        var referred = command.Arguments.SelectMany(argument => argument.Needs)
            .Concat(command.Requests.SelectMany(request => request.Given.Concat(request.Absent)))
            .Concat(placeholders);

        if (!components.Contains(command.Component))
        {
            yield return $"component is {command.Component}, which workload {command.Workload} does not have; name one of {string.Join(", ", components)}";
        }

        foreach (var twice in names.GroupBy(name => name).Where(same => same.Count() > 1))
        {
            yield return $"{twice.Key} is declared twice; rename one of them";
        }

        foreach (var unknown in referred.Except(names))
        {
            yield return $"{unknown} is not an argument; declare it, or name one of {string.Join(", ", names.Append(Unique))}";
        }

        foreach (var unused in names.Except(referred))
        {
            yield return $"{unused} is used by no request; remove it";
        }

        foreach (var argument in command.Arguments.Where(argument => argument.IsRequired && argument.Default is not null))
        {
            yield return $"{argument.Name} is required and has a default; remove one of the two";
        }
    }

    [GeneratedRegex(@"\{([a-z][a-z0-9-]*)\}")]
    private static partial Regex Placeholder();
}
