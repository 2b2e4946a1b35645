using System.CommandLine;
using System.Runtime.InteropServices;
using Causeway.Harness;
using Causeway.LoadScenarios;

using var stopping = new CancellationTokenSource();

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

try
{
    var parsed = LoadCommand.Root().Parse(args);
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    var exitCode = await parsed.InvokeAsync(configuration, stopping.Token);

    return parsed.Errors is [] ? exitCode : 2;
}
catch (UsageException error)
{
    return Failed(error.Message, error.Remedy, 2);
}
catch (PlatformException error)
{
    return Failed(error.Log is null ? error.Message : $"{error.Log}\n{error.Message}", error.Remedy, 1);
}
catch (CommandFailedException error)
{
    return Failed($"{error.Result.Tail()}\n{error.Message}", "Fix what the lines above name and run the command again.", 1);
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return Failed("Interrupted.", "Run it again: it starts over. `./causeway status` shows what is up.", 130);
}

static int Failed(string what, string remedy, int exitCode)
{
    Console.Error.WriteLine($"\nfailed: {what}\nto do:  {remedy}");

    return exitCode;
}
