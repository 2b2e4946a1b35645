using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary>A Terraform command line, as far as one must know it to run it somewhere else.</summary>
/// <param name="Folder">Absolute path of the configuration: the current folder, or what <c>-chdir</c> names.</param>
/// <param name="Command">Terraform's command, or null where there is none.</param>
/// <param name="All">The command line without <c>-chdir</c>.</param>
internal sealed record TfArguments(string Folder, string? Command, IReadOnlyList<string> All)
{
    /// <summary>Files of <c>--given</c>, absolute: what exists outside of the run.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary><c>--allow-programs</c>: start the configuration's own programs.</summary>
    public bool AllowPrograms { get; init; }

    /// <summary><c>--real</c>: the registry's providers, for the command that records them.</summary>
    public bool Real { get; init; }

    private const string ChangeFolder = "-chdir";

    /// <exception cref="UsageException">There is no such folder or file.</exception>
    public static TfArguments Parse(IReadOnlyList<string> arguments, string here)
    {
        var (given, programs, real, rest) = (new List<string>(), false, false, arguments.ToList());

        // Ours come before Terraform's own.
        while (rest is [var first, ..] && first.Split('=')[0] is "--given" or "--allow-programs" or "--real")
        {
            rest.RemoveAt(0);
            programs |= first is "--allow-programs";
            real |= first is "--real";

            if (first.Split('=')[0] is "--given")
            {
                var file = first.Split('=', 2) is [_, var value] ? value : rest.FirstOrDefault() ?? "";
                rest.RemoveRange(0, first.Contains('=') ? 0 : Math.Min(1, rest.Count));
                var full = Path.GetFullPath(file, here);
                given.Add(File.Exists(full)
                    ? full
                    : throw new UsageException($"--given: there is no file {file}.", "Name a file that declares what exists outside of the run."));
            }
        }

        return Parsed(rest, here) with { Given = given, AllowPrograms = programs, Real = real };
    }

    private static TfArguments Parsed(IReadOnlyList<string> arguments, string here)
    {
        // What precedes the command is for every command: https://developer.hashicorp.com/terraform/cli/commands#switching-working-directory-with-chdir
        string[] before = [.. arguments.TakeWhile(argument => argument.StartsWith('-'))];
        var named = before.LastOrDefault(argument => argument.Split('=')[0] == ChangeFolder);
        var folder = Path.GetFullPath(named is null ? "." : Value(named) ?? "", here);

        return Directory.Exists(folder)
            ? new(
                Path.TrimEndingDirectorySeparator(folder),
                arguments.Skip(before.Length).FirstOrDefault(),
                [.. before.Where(argument => argument.Split('=')[0] != ChangeFolder), .. arguments.Skip(before.Length)])
            : throw new UsageException($"There is no folder {folder}.", "Name one that exists: `tf -chdir=FOLDER …`, relative to the current folder.");

        string? Value(string argument) => argument.Split('=', 2) is [_, { Length: > 0 } value]
            ? value
            : throw new UsageException($"`{ChangeFolder}` without a folder.", $"Write `{ChangeFolder}=FOLDER`, with the equals sign, before the command.");
    }

    /// <summary>Help was asked for.</summary>
    public bool WantsHelp => All.Any(argument => argument is "-help" or "--help" or "-h");

    /// <summary>The command's own command: <c>lock</c> in <c>providers lock</c>.</summary>
    public string? SubCommand => All.SkipWhile(argument => argument != Command).Skip(1).FirstOrDefault(argument => !argument.StartsWith('-'));

    public bool Has(string option) => All.Any(argument => IsOption(argument, option));

    /// <summary>An option's values, written <c>-name=value</c> or <c>-name value</c>.</summary>
    public IReadOnlyList<string> ValuesOf(string option) =>
    [
        .. All.Zip(All.Skip(1).Append(""))
            .Where(pair => IsOption(pair.First, option))
            .Select(pair => pair.First.Split('=', 2) is [_, var value] ? value : pair.Second),
    ];

    private static bool IsOption(string argument, string option) => argument.Split('=')[0] is var name && (name == $"-{option}" || name == $"--{option}");
}
