using Causeway.Offline.Terraform;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The tests, started as xUnit's own entry point does; or the process that JanitorTests kills.
return args switch
{
    [KilledProcess.Argument, var folder] => await KilledProcess.RunAsync(folder),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(args, Causeway.Offline.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
