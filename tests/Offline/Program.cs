using Causeway.Offline;
using Causeway.Offline.Terraform.Running;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// xUnit runs as many tests beside each other as there are cores: each Terraform and each Helm needs one only. Both end before garbage is worth collecting.
Environment.SetEnvironmentVariable("GOMAXPROCS", "1");
Environment.SetEnvironmentVariable("GOGC", "off");
Environment.SetEnvironmentVariable("GOMEMLIMIT", "512MiB");

// Tests make and delete tens of thousands of small files. In memory that takes an eighth less CPU, and no wait for the disk.
MemoryFolder.UseForTemporaryFiles();

// The tests, started as xUnit's own entry point does; or the process that JanitorTests kills.
return args switch
{
    [KilledProcess.Argument, var folder] => await KilledProcess.RunAsync(folder),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, Causeway.Offline.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
