using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Local;

namespace Causeway.Build.Verbs;

/// <summary>What every verb that touches a platform can be told: which one; and what <c>up</c> can be told besides.</summary>
internal sealed class PlatformArguments
{
    private readonly Option<string> instance = new("--instance")
    {
        Description = "Which platform: several live side by side. Any name but `dev` takes free ports.",
        DefaultValueFactory = _ => Instance.DefaultName,
    };

    private readonly Option<int?> port = new("--port") { Description = "Port of the edge on this machine (default 8080 for `dev`, else a free one)." };

    private readonly Option<string?> runtime = new("--runtime")
    {
        Description = "Which rendering of the workloads runs: kubernetes, as Helm renders them, or ecs, as Terraform plans them " +
            "(default: the one that is up, else kubernetes).",
    };

    private readonly Option<bool> verbose = new("--verbose") { Description = "Show every edit made to the rendered objects, and what cannot be played." };

    public Command On(Command command, Func<LocalPlatform, ParseResult, CancellationToken, Task<int>> run)
    {
        command.Options.Add(instance);

        if (command.Name is "up")
        {
            command.Options.Add(port);
            command.Options.Add(runtime.AcceptOnlyFromAmong([.. Enum.GetValues<LocalRuntime>().Select(NameOf)]));
            command.Options.Add(verbose);
        }

        command.SetAction((parsed, stop) => run(Platform(parsed), parsed, stop));

        return command;
    }

    /// <summary>A runtime as the command line has it.</summary>
    public static string NameOf(LocalRuntime runtime) => runtime.ToString().ToLowerInvariant();

    private LocalPlatform Platform(ParseResult parsed) => new(
        Repository.Find(),
        PlatformOptions.Named(parsed.GetValue(instance)!) with
        {
            EdgePort = parsed.GetValue(port),
            Runtime = parsed.GetValue(runtime) is { } name ? Enum.Parse<LocalRuntime>(name, ignoreCase: true) : null,
        },
        new ConsoleSteps(parsed.GetValue(verbose)));
}
