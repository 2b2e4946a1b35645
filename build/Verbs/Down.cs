using System.CommandLine;

namespace Causeway.Build.Verbs;

/// <summary><c>causeway down</c>: nothing of the platform is left, whatever state it was in.</summary>
internal static class Down
{
    public static Command Verb()
    {
        var images = new Option<bool>("--images") { Description = "Also remove the images built here; the next `up` builds them again." };

        var command = new ClusterArguments().On(new PlatformArguments().On(
            new Command("down", "Remove every container, network, volume and process of the platform; or everything of it in a cluster."),
            async (platform, parsed, stop) =>
            {
                var removed = await platform.DownAsync(stop);
                Console.WriteLine(removed.Count == 0 ? "nothing was up" : $"removed {string.Join(", ", removed)}");

                if (parsed.GetValue(images))
                {
                    var (gone, kept) = await platform.RemoveImagesAsync(stop);
                    Console.WriteLine($"removed {gone} images{(kept == 0 ? "" : $", kept {kept} that are in use")}");
                }

                return 0;
            }),
            async (platform, parsed, stop) =>
            {
                var removed = await platform.DownAsync(stop);
                Console.WriteLine(removed.Count == 0
                    ? $"nothing was up in context {platform.Context.Name}"
                    : $"removed namespaces {string.Join(", ", removed)} from context {platform.Context.Name}");

                return 0;
            });
        command.Options.Add(images);

        return command;
    }
}
