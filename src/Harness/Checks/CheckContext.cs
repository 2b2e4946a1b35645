using Causeway.Harness.Helm;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Checks;

/// <summary>What gates look at. What several of them need is made once.</summary>
/// <param name="clone">A clone with the history, for revisions other than the repository's tree; null: the repository is one.</param>
/// <param name="isFresh">What passed before does not count.</param>
public sealed class CheckContext(Repository repository, ToolBox tools, string? clone = null, bool isFresh = false)
{
    private readonly Lazy<Task<IReadOnlyList<string>>> files = new(() => repository.FilesAsync(CancellationToken.None));
    private readonly Lazy<Task<IReadOnlyList<RenderedRelease>>> releases = new(() => RenderAsync(repository, tools, clone));

    public Repository Repository => repository;

    public ToolBox Tools => tools;

    /// <summary>What passed before, with the same content.</summary>
    public PassedBefore Passed { get; } = new(repository, !isFresh);

    /// <summary>The files of the repository that are there: what git tracks, or would with <c>git add</c>. Relative to it, in order.</summary>
    public Task<IReadOnlyList<string>> FilesAsync() => files.Value;

    /// <summary>Those of them with one of these endings.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync(params IReadOnlyList<string> endings) =>
        [.. (await FilesAsync()).Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))];

    /// <summary>Every release of every environment, rendered by Helm as it will run.</summary>
    /// <exception cref="HelmException">Helm refused the values.</exception>
    public Task<IReadOnlyList<RenderedRelease>> ReleasesAsync() => releases.Value;

    /// <summary>A program of this machine that <c>build/tools.yaml</c> lists.</summary>
    /// <exception cref="PlatformException">It is missing or too old.</exception>
    public async Task ExpectToolAsync(string name, CancellationToken stop)
    {
        var tool = Tool(name);

        if (await tools.MissingAsync([tool], stop) is [var (_, found)])
        {
            throw new PlatformException(
                $"{name} {(found is null ? "is missing" : $"is {found}")}; {tool.Version} or newer is needed.", $"{tool.Get}. `./causeway doctor` shows all.");
        }
    }

    /// <summary>The version of a program of this machine that <c>build/tools.yaml</c> lists, with its name.</summary>
    public async Task<string> VersionOfAsync(string name, CancellationToken stop) => $"{name} {await Tool(name).FoundAsync(stop)}";

    private HostTool Tool(string name) => tools.Manifest.Prerequisites.Concat(tools.Manifest.Debian).Single(tool => tool.Name == name);

    private static async Task<IReadOnlyList<RenderedRelease>> RenderAsync(Repository repository, ToolBox tools, string? clone)
    {
        var renderer = new ReleaseRenderer(repository, new HelmTool(tools), Path.Combine(repository.Cache, "check"), clone);
        var releases = new List<RenderedRelease>();

        foreach (var environment in renderer.Environments())
        {
            releases.AddRange(await renderer.RenderAsync(environment, CancellationToken.None));
        }

        return releases;
    }
}
