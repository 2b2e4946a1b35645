using System.CommandLine;
using Causeway.Harness;
using Causeway.LoadScenarios;

return await Failures.ReportAsync("load", async stop =>
{
    var parsed = LoadCommand.Root().Parse(args);
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    var exitCode = await parsed.InvokeAsync(configuration, stop);

    return parsed.Errors is [] ? exitCode : 2;
});
