using System.CommandLine;
using Causeway.Harness.Clusters;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway status</c>: which pods run here, or what is installed in a cluster, and whether each is ready. Exit code 0 only if all are.</summary>
internal static class Status
{
    public static Command Verb() => new ClusterArguments().On(new PlatformArguments().On(
        new Command("status", "Show the pods, whether they are ready, and where the platform answers."),
        async (platform, _, stop) =>
        {
            var pods = await platform.PodsAsync(stop);

            if (pods.Count == 0)
            {
                Console.WriteLine($"instance `{platform.Instance.Name}` is down; `./causeway up` starts it");

                return 1;
            }

            var ready = await Task.WhenAll(pods.Select(pod => pod.IsReadyAsync(stop)));

            foreach (var (pod, isReady) in pods.Zip(ready))
            {
                var state = pod.IsCompleted ? "completed" : isReady ? "ready" : pod.IsRunning ? "not ready" : "stopped";
                var containers = pod.Containers.Select(container => $"{container.Name.Split('-')[^1]}:{container.State}");
                Console.WriteLine($"{state,-10} {pod.Name,-40} {pod.Address,-15} {string.Join(' ', containers)}");
            }

            var addresses = platform.Addresses;
            var answers = addresses.Ports.Keys.Order(StringComparer.Ordinal).Select(name => $"{name} {addresses.Of(name)}");
            var runtime = PlatformArguments.NameOf(platform.Runtime);
            Console.WriteLine($"{ready.Count(isReady => isReady)} of {pods.Count} ready; runtime {runtime}; {string.Join(", ", answers)}");

            return ready.All(isReady => isReady) ? 0 : 1;
        }),
        async (platform, _, stop) =>
        {
            var parts = await platform.StatusAsync(stop);

            if (parts.Count == 0)
            {
                Console.WriteLine($"nothing is up in context {platform.Context.Name}; `./causeway up --cluster {platform.Context.Kubeconfig}` installs it");

                return 1;
            }

            foreach (var (which, verdict) in parts)
            {
                Console.WriteLine($"{verdict.State.ToString().ToLowerInvariant(),-10} {which,-50} {verdict.Reason}");
            }

            var complete = parts.Count(part => part.Verdict.State is RolloutState.Complete);
            Console.WriteLine($"{complete} of {parts.Count} complete; context {platform.Context.Name}");

            return complete == parts.Count ? 0 : 1;
        });
}
