using Causeway.Harness.Tools;

namespace Causeway.Harness.Local;

/// <summary>What has to be on this machine before images are built and charts are rendered.</summary>
internal sealed class Preparation(ToolBox tools, ISteps steps)
{
    /// <exception cref="PlatformException">It does not run as root, or a prerequisite is missing.</exception>
    public Task RunAsync(CancellationToken stop) => steps.RunAsync("Check tools", async progress =>
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new PlatformException(
                "The local runtime needs root: it runs podman with a network of its own.", "Run it as root, for example with `sudo ./causeway up`.");
        }

        var missing = await tools.MissingAsync(tools.Manifest.Prerequisites.Where(tool => tool.For.Contains("up")), stop);

        if (missing is [var (tool, found), ..])
        {
            throw new PlatformException(
                $"{tool.Name} {tool.Version} or newer is needed, {(found is null ? "none" : found)} was found.",
                $"{tool.Get}. `./causeway doctor` shows everything.");
        }

        var installed = await tools.InstallDebianAsync(stop);
        progress("fetching npm packages");
        var fetched = await tools.FetchNpmAsync(stop);

        return installed.Count + fetched.Count == 0 ? "all there" : $"installed {string.Join(", ", installed.Concat(fetched))}";
    });
}
