using System.CommandLine;
using Causeway.Build;
using Causeway.Build.Verbs;

var command = new RootCommand("Causeway: brings the platform up on this machine, proves it, and takes it down again.")
{
    Up.Verb(),
    Down.Verb(),
    Status.Verb(),
    Stock.Verb(),
    Test.Verb(),
    Plan.Verb(),
    Tf.Verb(),
    Doctor.Verb(),
    Generate.Verb(),
};

if (Tf.Is(args))
{
    return await Failures.ReportAsync("tf", stop => Tf.RunAsync(args[1..], stop));
}

var parsed = command.Parse(args);
var exitCode = await Failures.ReportAsync(parsed.CommandResult.Command.Name, stop => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop));

return parsed.Errors is [] ? exitCode : 2;
