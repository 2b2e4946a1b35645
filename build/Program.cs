using System.CommandLine;
using Causeway.Build;
using Causeway.Build.Verbs;
using Causeway.Harness;

if (Tf.Is(args))
{
    return await Failures.ReportAsync("tf", stop => Tf.RunAsync(args[1..], stop));
}

if (Load.Is(args))
{
    return await Failures.ReportAsync("load", stop => Load.RunAsync(args[1..], stop));
}

if (Chaos.Is(args))
{
    return await Failures.ReportAsync("chaos", stop => Chaos.RunAsync(args[1..], stop));
}

ParseResult? parsed = null;
var read = await Failures.ReportAsync("read the commands", _ =>
{
    var command = new RootCommand("Causeway: brings the platform up on this machine, proves it, and takes it down again.")
    {
        Up.Verb(),
        Down.Verb(),
        Status.Verb(),
        Check.Verb(),
        Test.Verb(),
        Load.Verb(),
        Dashboards.Verb(),
        Report.Verb(),
        Chaos.Verb(),
        Plan.Verb(),
        Render.Verb(),
        Diff.Verb(),
        Applications.Verb(),
        Values.Verb(),
        Drift.Verb(),
        Destroy.Verb(),
        Promote.Verb(),
        Pin.Verb(),
        Publish.Verb(),
        Matrix.Verb(),
        Comment.Verb(),
        New.Verb(),
        Demo.Verb(),
        Tf.Verb(),
        Doctor.Verb(),
        Generate.Verb(),
    };
    // `./causeway [diagram] <verb> …` shows how a line is read, and runs nothing.
    command.Add(new DiagramDirective());
    Operate.Verbs(Repository.Find(), args).ToList().ForEach(command.Subcommands.Add);
    parsed = command.Parse(args);

    return Task.FromResult(0);
});

if (parsed is null)
{
    return read;
}

var exitCode = await Failures.ReportAsync(
    parsed.CommandResult.Command.Name,
    stop => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop));

return parsed.Errors is [] ? exitCode : 2;
