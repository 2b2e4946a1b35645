using System.CommandLine;
using System.Diagnostics;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway up</c>: everything running on this machine, proved by a transaction through each workload.</summary>
internal static class Up
{
    public static Command Verb() => new PlatformArguments().On(
        new Command("up", "Install what is missing, build what changed, start what does not run, and prove it by a transaction."),
        async (platform, _, stop) =>
        {
            var elapsed = Stopwatch.StartNew();
            var addresses = await platform.UpAsync(stop);

            Console.WriteLine();
            Console.WriteLine($"up in {elapsed.Elapsed.TotalSeconds:0.0} s");
            Console.WriteLine($"  runtime       {PlatformArguments.NameOf(platform.Runtime)}");

            foreach (var (name, _) in addresses.Ports.OrderBy(port => port.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"  {name,-14}{addresses.Of(name)}");
            }

            foreach (var route in platform.Routes)
            {
                Console.WriteLine($"  route         {route}");
            }

            Console.WriteLine("  not here: receivers of traces and logs. Logs are JSON with trace ids: podman logs <pod>-<container>");

            return 0;
        });
}
