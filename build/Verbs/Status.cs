using System.CommandLine;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway status</c>: which pods run, and whether each is ready. Exit code 0 only if all are.</summary>
internal static class Status
{
    public static Command Verb() => new PlatformArguments().On(
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
        });
}
