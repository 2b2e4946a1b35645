using System.CommandLine;
using Causeway.Harness;
using Causeway.Harness.Commands;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Local;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway &lt;workload&gt; &lt;command&gt;</c>: the operator commands that workloads declare in <c>services/&lt;workload&gt;/commands/</c>, against the
/// platform on this machine or, with <c>--cluster</c>, through a port-forward.
/// </summary>
internal static class Operate
{
    // Part of the contract: health, metrics and OpenAPI of every service answer here.
    private const int ManagementPort = 8081;

    /// <summary>Every workload that has commands, each a verb; only the commands of the workload that the arguments name are read.</summary>
    public static IEnumerable<Command> Verbs(Repository repository, string[] args) =>
        from workload in repository.Workloads()
        let names = OperatorCommand.Names(repository, workload)
        where names is not []
        select args is [var first, ..] && first == workload
            ? Verb(workload, [.. names.Select(name => OperatorCommand.Load(repository, workload, name))])
            : Verb(workload, names);

    private static Command Verb(string workload, IReadOnlyList<string> names) => new(workload, $"Operate {workload}: {string.Join(", ", names)}.");

    private static Command Verb(string workload, IReadOnlyList<OperatorCommand> commands)
    {
        var verb = Verb(workload, [.. commands.Select(command => command.Name)]);

        foreach (var command in commands)
        {
            verb.Subcommands.Add(Verb(command));
        }

        return verb;
    }

    private static Command Verb(OperatorCommand declared)
    {
        var readers = declared.Arguments.ToDictionary(argument => argument, Reader);
        Dictionary<string, string> Given(ParseResult parsed) => readers
            .Select(reader => (reader.Key.Name, Value: reader.Value.Read(parsed)))
            .Where(argument => argument.Value is not null)
            .ToDictionary(argument => argument.Name, argument => argument.Value!);

        var command = new PlatformArguments().On(
            new Command(declared.Name, declared.Description),
            async (platform, parsed, stop) =>
            {
                var address = declared.Management
                    ? await platform.ManagementAddressOfAsync(declared.Workload, declared.Component, stop)
                    : await platform.AddressOfAsync(declared.Workload, declared.Component, stop);
                using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
                await new CommandRun(declared, Given(parsed), http).RunAsync(Console.WriteLine, stop);

                return 0;
            });
        new ClusterArguments().OnContext(command, async (context, parsed, stop) =>
        {
            using var forward = await PortForward.ToServiceAsync(
                context, declared.Workload, $"{declared.Workload}-{declared.Component}", declared.Management ? ManagementPort : null, stop);
            await new CommandRun(declared, Given(parsed), forward.Http).RunAsync(Console.WriteLine, stop);

            return 0;
        });

        foreach (var reader in readers.Values)
        {
            reader.AddTo(command);
        }

        return command;
    }

    // A value is a text again once it was parsed as what it must be; a flag that is not set is not given.
    private static ArgumentReader Reader(CommandArgument declared) => declared.Type switch
    {
        "integer" => Reader<long?>(declared, value => value?.ToString()),
        "boolean" => Reader<bool?>(declared, value => value is true ? "true" : null),
        _ => Reader<string?>(declared, value => value),
    };

    private static ArgumentReader Reader<T>(CommandArgument declared, Func<T?, string?> text)
    {
        if (declared.IsOption)
        {
            var option = new Option<T?>($"--{declared.Name}") { Description = declared.Description };

            return new ArgumentReader(parsed => text(parsed.GetValue(option)), command => command.Options.Add(option));
        }

        var argument = new Argument<T?>(declared.Name) { Description = declared.Description, Arity = ArgumentArity.ZeroOrOne };

        return new ArgumentReader(parsed => text(parsed.GetValue(argument)), command => command.Arguments.Add(argument));
    }

    private sealed record ArgumentReader(Func<ParseResult, string?> Read, Action<Command> AddTo);
}
