using System.Text.RegularExpressions;
using Causeway.Harness.Helm;

namespace Causeway.Harness.Argo;

/// <summary>Renders an application's sources as Argo CD's repository server does: charts of this repository by Helm, folders as they lie there.</summary>
/// <param name="kubernetes">The cluster's version, which charts may ask for; null where it is not known.</param>
/// <param name="folder">Where values are put for Helm.</param>
internal sealed partial class SourceRenderer(HelmTool helm, Revisions revisions, string? kubernetes, string folder)
{
    /// <exception cref="InvalidDataException">A file or a folder does not exist, or a source says what is not supported here; the message has the
    /// place.</exception>
    /// <exception cref="HelmException">Values do not fit the schema, or a template refused them.</exception>
    public async Task<RenderedApplication> RenderAsync(string place, Application application, CancellationToken stop)
    {
        var spec = new Place($"{place}: ", application.Json).Part("spec") ?? throw new InvalidDataException($"{place}: spec is missing.");
        var target = spec.Part("destination")?.Text("namespace") ?? "";
        Place[] sources = spec.Part("source") is { } only ? [only] : [.. spec.Parts("sources")];

        if (sources is [])
        {
            throw spec.Invalid("it has no source.");
        }

        foreach (var source in sources)
        {
            source.ExpectOnly("repoURL", "targetRevision", "path", "chart", "helm", "directory", "ref", "name");
        }

        var references = sources.Where(source => source.Text("ref") is not null).ToDictionary(source => source.Text("ref")!);
        var (manifests, files, skipped) = (new List<Manifest>(), new List<string>(), new List<string>());

        foreach (var source in sources.Where(source => source.Text("path") is not null || source.Text("chart") is not null || source.Text("ref") is null))
        {
            var root = source.Text("chart") is null ? await FolderAsync(source, place, stop) : null;
            var values = await ValueFilesAsync(source.Part("helm"), references, root, source.Text("path") ?? "", place, stop);
            files.AddRange(values.Select(file => file.Inside));

            if (source.Text("chart") is { } chart)
            {
                skipped.Add($"chart {chart} {source.Needed("targetRevision")} of {source.Needed("repoURL")} cannot be fetched offline");
            }
            else
            {
                manifests.AddRange(await ManifestsAsync(source, application.Name, root!, [.. values.Select(file => file.Path)], target, stop));
            }
        }

        return new(application, target, skipped is [] ? manifests : [], files, string.Join("; ", skipped));
    }

    private Task<string> FolderAsync(Place source, string place, CancellationToken stop) =>
        revisions.FolderAsync(source.Needed("repoURL"), source.Text("targetRevision") ?? "HEAD", place, stop);

    private async Task<IReadOnlyList<Manifest>> ManifestsAsync(
        Place source, string application, string root, string[] valueFiles, string target, CancellationToken stop)
    {
        var path = Inside(source, root, source.Needed("path"));

        if (!Directory.Exists(path))
        {
            throw source.Invalid($"there is no folder {source.Text("path")} at {source.Text("targetRevision") ?? "HEAD"}.");
        }

        if (File.Exists(Path.Combine(path, "kustomization.yaml")))
        {
            throw source.Invalid($"{source.Text("path")} is of Kustomize, which is not supported by the offline rendering.");
        }

        return File.Exists(Path.Combine(path, "Chart.yaml"))
            ? await ChartAsync(source.Part("helm"), application, path, valueFiles, target, stop)
            : DirectorySource.Read(path, root, source.Part("directory"));
    }

    private async Task<IReadOnlyList<Manifest>> ChartAsync(
        Place? options, string application, string chart, string[] valueFiles, string target, CancellationToken stop)
    {
        var inline = Inline(options);
        var written = Path.Combine(folder, $"values-{Guid.NewGuid():N}.yaml");

        try
        {
            if (inline is not null)
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(written, inline, stop);
            }

            var (name, space) = (options?.Text("releaseName") ?? application, target is "" ? "default" : target);
            var release = new HelmRelease(name, chart, space, [.. valueFiles, .. inline is null ? Array.Empty<string>() : [written]])
            {
                Arguments =
                [
                    .. kubernetes is null ? Array.Empty<string>() : ["--kube-version", kubernetes],
                    .. options?.IsOn("skipCrds") is true ? Array.Empty<string>() : ["--include-crds"],
                    .. (options?.Parts("parameters") ?? []).SelectMany(Parameter),
                ],
            };

            return [.. (await helm.TemplateAsync(release, stop)).Select(item => new Manifest($"helm template {release.Name}", item))];
        }
        finally
        {
            File.Delete(written);
        }
    }

    private static string? Inline(Place? options) => options?.Json["valuesObject"] is { } values ? values.ToJsonString() : options?.Text("values");

    // As Argo CD hands them on: a comma that is not escaped would begin the next parameter.
    private static string[] Parameter(Place parameter)
    {
        parameter.ExpectOnly("name", "value", "forceString");
        var value = parameter.Text("value") ?? "";
        var escaped = value is ['{', .., '}'] ? value : Comma().Replace(value, "\\,");

        return [parameter.IsOn("forceString") ? "--set-string" : "--set", $"{parameter.Needed("name")}={escaped}"];
    }

    private async Task<IReadOnlyList<(string Path, string Inside)>> ValueFilesAsync(
        Place? options, Dictionary<string, Place> references, string? root, string path, string place, CancellationToken stop)
    {
        options?.ExpectOnly("releaseName", "valueFiles", "values", "valuesObject", "parameters", "skipCrds", "ignoreMissingValueFiles", "version");

        if (options?.IsOn("ignoreMissingValueFiles") is true)
        {
            throw options.Invalid("ignoreMissingValueFiles lets a renamed file pass in silence: leave it out, all value files have to exist.");
        }

        var files = new List<(string, string)>();

        foreach (var name in options?.Texts("valueFiles") ?? [])
        {
            var (from, inside) = name is ['$', ..] && name.Split('/', 2) is [var reference, var rest]
                ? references.TryGetValue(reference[1..], out var source)
                    ? (await FolderAsync(source, place, stop), rest)
                    : throw options!.Invalid($"valueFiles has {name}, and no source has the ref {reference[1..]}.")
                : (root ?? throw options!.Invalid($"valueFiles has {name}, which a chart of a repository of charts cannot have: refer to a source by its ref."),
                    name is ['/', ..] ? name[1..] : Path.Combine(path, name));
            var file = Inside(options!, from, inside);
            files.Add(File.Exists(file)
                ? (file, Path.GetRelativePath(from, file))
                : throw options!.Invalid($"the value file {name} does not exist: correct valueFiles, or add it."));
        }

        return files;
    }

    private static string Inside(Place place, string root, string path)
    {
        var full = Path.GetFullPath(Path.Combine(root, path));

        return full == root || full.StartsWith($"{Path.TrimEndingDirectorySeparator(root)}/", StringComparison.Ordinal)
            ? full
            : throw place.Invalid($"{path} leads out of the repository.");
    }

    [GeneratedRegex(@"(?<!\\),")]
    private static partial Regex Comma();
}
