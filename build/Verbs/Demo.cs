using System.CommandLine;
using Causeway.Build.Demonstration;
using Causeway.Harness;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway demo</c>: changes that must not be merged, made in a copy of this tree, and what the commands say of them.</summary>
internal static class Demo
{
    public static Command Verb()
    {
        var command = new Command("demo", "Make changes that must not be merged, in a copy of this tree, and show how each is refused.");
        command.SetAction((_, stop) => RunAsync(Repository.Find(), stop));

        return command;
    }

    /// <exception cref="PlatformException">A change is not refused, or for another reason.</exception>
    private static async Task<int> RunAsync(Repository repository, CancellationToken stop)
    {
        using var copy = await CommittedCopy.OfAsync(repository, stop);

        foreach (var (number, scene) in Scene.All.Index())
        {
            Console.WriteLine($"{number + 1}. {scene.Title}\n   {scene.Shown}\n");
            await scene.MakeAsync(copy.Repository, stop);
            Console.WriteLine($"$ ./causeway {string.Join(' ', scene.Command)}");
            var said = await CommandLine.Of("dotnet", [Path.Combine(AppContext.BaseDirectory, "causeway.dll"), .. scene.Command])
                .In(copy.Repository.Root).With("CAUSEWAY_ROOT", copy.Repository.Root).TryRunAsync(stop, Console.WriteLine);

            if (said.ExitCode == 0 || !$"{said.Output}{said.Error}".Contains(scene.Refusal, StringComparison.Ordinal))
            {
                throw new PlatformException(
                    $"`./causeway {string.Join(' ', scene.Command)}` does not refuse this change by {scene.Refusal}.",
                    "This is a fault of ours: every change of the demonstration has to be refused.");
            }

            Console.WriteLine($"exit code {said.ExitCode}\n");
            await copy.ResetAsync(stop);
        }

        Console.WriteLine($"{Scene.All.Count} changes expected, {Scene.All.Count} refused");

        return 0;
    }
}
