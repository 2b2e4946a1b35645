using System.Text.Json.Nodes;
using Causeway.Harness.Tools;

namespace Causeway.Harness.Helm;

/// <summary>What to render: a chart under <c>helm/charts</c> with its release name, namespace and values documents, later ones over earlier ones.</summary>
public sealed record HelmRelease(string Name, string Chart, string Namespace, params IReadOnlyList<string> ValueFiles)
{
    /// <summary>Further arguments of <c>helm template</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>The real Helm said no. The message is Helm's own, without its stack of template positions.</summary>
public sealed class HelmException(string message) : Exception(message);

/// <summary>Renders charts with the real Helm.</summary>
/// <param name="ran">Receives every command that Helm took, as long as the files that it names are there.</param>
public sealed class HelmTool(ToolBox tools, Action<CommandLine>? ran = null)
{
    /// <summary>
    /// The Kubernetes that is rendered for where no cluster says its version. Helm's own default is as old as Helm, and older than what charts want.
    /// </summary>
    public const string Kubernetes = "1.35.0";

    /// <summary>The Kubernetes objects that <c>helm template</c> prints, in Helm's own order.</summary>
    /// <exception cref="HelmException">Values do not fit the schema, or a template refused them.</exception>
    public async Task<IReadOnlyList<JsonObject>> TemplateAsync(HelmRelease release, CancellationToken stop) =>
        [.. Yaml.Load(await TemplateTextAsync(release, stop), $"helm template {release.Name}").Cast<JsonObject>()];

    /// <inheritdoc cref="TemplateAsync"/>
    /// <summary>What <c>helm template</c> prints, as it prints it.</summary>
    public async Task<string> TemplateTextAsync(HelmRelease release, CancellationToken stop)
    {
        var command = CommandLine.Of(
            tools.Helm,
            [
                "template", release.Name, release.Chart, "--namespace", release.Namespace,
                .. release.ValueFiles.SelectMany(file => new[] { "--values", file }), .. release.Arguments,
                .. release.Arguments.Contains("--kube-version") ? Array.Empty<string>() : ["--kube-version", Kubernetes],
            ]);
        // It ends before collecting garbage would pay.
        var result = await command.With("GOGC", "off").TryRunAsync(stop);

        if (result.ExitCode is not 0)
        {
            throw new HelmException(result.Error.Trim());
        }

        ran?.Invoke(command);

        return result.Output;
    }
}
