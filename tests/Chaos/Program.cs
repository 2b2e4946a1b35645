using System.CommandLine;
using Causeway.ChaosExperiments;
using Causeway.Harness;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// `./causeway chaos`, the process that a test kills, or the tests, started as xUnit's own entry point does.
return args switch
{
    [ChaosCommand.Argument, .. var arguments] => await Failures.ReportAsync("chaos", async stop =>
    {
        var parsed = ChaosCommand.Root().Parse(arguments);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var exitCode = await parsed.InvokeAsync(configuration, stop);

        return parsed.Errors is [] ? exitCode : 2;
    }),
    [BrokenAndKilled.Argument, var instance] => await BrokenAndKilled.RunAsync(instance),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
