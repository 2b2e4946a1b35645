using System.CommandLine;
using System.CommandLine.Invocation;
using Causeway.Harness;
using Causeway.Harness.Clusters;
using Causeway.Harness.Local;

namespace Causeway.Build.Verbs;

/// <summary>What <c>up</c>, <c>down</c>, <c>status</c> and operator commands can be told to be about a cluster, in place of this machine.</summary>
internal sealed class ClusterArguments
{
    private readonly Option<string?> cluster = new("--cluster")
    {
        Description = "Kubeconfig of a cluster: work there, and not on this machine.",
        HelpName = "kubeconfig",
    };

    private readonly Option<string?> context = new("--context") { Description = "Context of the kubeconfig (default: its current one)." };

    private readonly Option<string> environment = new("--env")
    {
        Description = "Environment of kind local, a folder of terraform/envs, for the cluster.",
        DefaultValueFactory = _ => Renderer.Environment,
    };

    private readonly Option<int> timeout = new("--timeout")
    {
        Description = "Seconds that a roll-out, or the end of a namespace, may take in the cluster.",
        DefaultValueFactory = _ => (int)ClusterOptions.DefaultPatience.TotalSeconds,
    };

    private readonly Option<string?> registry = new("--registry")
    {
        Description = "Push images there, for a cluster that pulls them (default: they are loaded into the nodes of kind or minikube).",
        HelpName = "host/path",
    };

    private readonly Option<bool> yes = new("--yes") { Description = "The cluster is meant, though its name sounds like production." };

    /// <param name="command">A verb about this machine, with its action.</param>
    /// <param name="run">What it does where a cluster is given.</param>
    public Command On(Command command, Func<ClusterPlatform, ParseResult, CancellationToken, Task<int>> run) => Add(
        command,
        [context, environment, timeout, .. command.Name is "up" ? (Option[])[registry, yes] : []],
        async (parsed, stop) =>
        {
            using var platform = Platform(parsed);

            return await run(platform, parsed, stop);
        });

    /// <summary>For what needs to know of the cluster only where it is.</summary>
    /// <inheritdoc cref="On"/>
    public Command OnContext(Command command, Func<KubeconfigContext, ParseResult, CancellationToken, Task<int>> run) =>
        Add(command, [context], (parsed, stop) => run(KubeconfigContext.Find(parsed.GetValue(cluster)!, parsed.GetValue(context)), parsed, stop));

    private Command Add(Command command, Option[] ofCluster, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        Option[] ofThisMachine = [.. command.Options.Where(option => option.Name is not "--verbose" and not "--help")];
        var here = (AsynchronousCommandLineAction)command.Action!;
        command.Options.Add(cluster);
        ofCluster.ToList().ForEach(command.Options.Add);
        command.SetAction(async (parsed, stop) =>
        {
            var isCluster = parsed.GetValue(cluster) is not null;

            if ((isCluster ? ofThisMachine : ofCluster).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } stray)
            {
                throw new UsageException(
                    isCluster ? $"{stray.Name} is about this machine, and --cluster about a cluster." : $"{stray.Name} is about a cluster, and none is given.",
                    isCluster ? $"Leave one of them out." : "Name its kubeconfig with --cluster, or leave it out.");
            }

            return isCluster ? await run(parsed, stop) : await here.InvokeAsync(parsed, stop);
        });

        return command;
    }

    private ClusterPlatform Platform(ParseResult parsed) => new(
        Repository.Find(),
        new ClusterOptions(
            parsed.GetValue(cluster)!,
            parsed.GetValue(context),
            parsed.GetValue(environment)!,
            parsed.GetValue(registry),
            parsed.GetValue(yes),
            parsed.GetValue(timeout) is > 0 and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : throw new UsageException($"--timeout {parsed.GetValue(timeout)} leaves no time.", "Give seconds, as in --timeout 300.")),
        new ConsoleSteps(parsed.CommandResult.Command.Options.OfType<Option<bool>>().Any(option => option.Name is "--verbose" && parsed.GetValue(option))));
}
