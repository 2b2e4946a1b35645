using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues;

/// <summary>
/// Programs of the configuration's choice, started where a run allows them. Protocol:
/// https://registry.terraform.io/providers/hashicorp/external/latest/docs/data-sources/external
/// </summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary><c>external</c>: the query goes in as JSON, an object of texts comes out.</summary>
    /// <exception cref="RefusalException">The program cannot be started, fails, or prints something else.</exception>
    public static Value External(Value config, ProviderContext context)
    {
        string[] program = [.. config["program"].Texts()];
        var query = config["query"] is Value.Mapping asked ? asked.ToJson()!.ToJsonString() : "{}";
        var (exitCode, output, error) = Run(program, query, config["working_dir"].AsText, context, "program");

        if (exitCode != 0)
        {
            throw new RefusalException(
                "External Program Execution Failed", $"{string.Join(' ', program)} ended with exit code {exitCode}: {error.Trim()}", ["program"]);
        }

        return Result(output) is { } result
            ? Value.Object(("id", Value.Of("-")), ("result", result))
            : throw new RefusalException(
                "Unexpected External Program Results",
                $"{string.Join(' ', program)} has to print one JSON object whose values are texts. It printed: {output.Trim()}",
                ["program"]);
    }

    /// <summary><c>local_command</c>: what a program prints, and its exit code.</summary>
    /// <exception cref="RefusalException">The program cannot be started, or fails where that is not allowed.</exception>
    public static Value Command(Value config, ProviderContext context)
    {
        string[] program = [config["command"].AsText ?? "", .. config["arguments"].Texts()];
        var (exitCode, output, error) = Run(program, config["stdin"].AsText ?? "", config["working_directory"].AsText, context, "command");

        return exitCode == 0 || config["allow_non_zero_exit_code"].AsBool is true
            ? Value.Object(("exit_code", Value.Of(exitCode)), ("stdout", Value.Of(output)), ("stderr", Value.Of(error)))
            : throw new RefusalException(
                "Command Execution Failed", $"{string.Join(' ', program)} ended with exit code {exitCode}: {error.Trim()}", ["command"]);
    }

    private static Value? Result(string output)
    {
        try
        {
            return JsonNode.Parse(output) is JsonObject map && map.All(pair => pair.Value is JsonValue value && value.GetValueKind() is JsonValueKind.String)
                ? Value.Object(map.Select(pair => KeyValuePair.Create(pair.Key, Value.Of((string)pair.Value!))))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (int ExitCode, string Output, string Error) Run(string[] program, string input, string? folder, ProviderContext context, string argument)
    {
        if (program is [] or ["", ..])
        {
            throw new RefusalException("External Program Missing", "The first element must be the program.", [argument]);
        }

        var start = new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = Path.GetFullPath(folder ?? ".", context.Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            Write(process, input);

            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);

                throw new RefusalException(
                    "External Program Execution Failed",
                    $"{string.Join(' ', program)} did not end within {Patience.TotalMinutes} minutes and was stopped.",
                    [argument]);
            }

            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            throw new RefusalException(
                "External Program Lookup Failed", $"{program[0]} cannot be started in {start.WorkingDirectory}: {missing.Message}", [argument]);
        }
    }

    // A program that does not read its input closes it.
    private static void Write(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // What it prints and its exit code tell more.
        }
    }
}
