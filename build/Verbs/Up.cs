using System.CommandLine;
using System.Diagnostics;
using Causeway.Harness.Clusters;
using Causeway.Harness.Local;

namespace Causeway.Build.Verbs;

/// <summary>
/// <c>causeway up</c>: everything running on this machine or, with <c>--cluster</c>, in a cluster, proved by a transaction through each workload.
/// </summary>
internal static class Up
{
    public static Command Verb() => new ClusterArguments().On(
        new PlatformArguments().On(
            new Command("up", "Install what is missing, build what changed, start what does not run, and prove it by a transaction."),
            OnThisMachineAsync),
        InClusterAsync);

    private static async Task<int> OnThisMachineAsync(LocalPlatform platform, ParseResult parsed, CancellationToken stop)
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
    }

    private static async Task<int> InClusterAsync(ClusterPlatform platform, ParseResult parsed, CancellationToken stop)
    {
        var elapsed = Stopwatch.StartNew();
        var namespaces = await platform.UpAsync(stop);
        var kubectl = $"kubectl --kubeconfig {platform.Context.Kubeconfig} --context {platform.Context.Name}";

        Console.WriteLine();
        Console.WriteLine($"up in {elapsed.Elapsed.TotalSeconds:0.0} s");
        Console.WriteLine($"  context       {platform.Context.Name}");
        Console.WriteLine($"  namespaces    {string.Join(", ", namespaces)}");
        Console.WriteLine(
            $"  to ask it     {kubectl} --namespace {namespaces[^1]} port-forward service/{Renderer.EdgeChart} 8080, then http://localhost:8080/");

        return 0;
    }
}
