using Causeway.Harness.Kubernetes;
using Causeway.Harness.Policies;

namespace Causeway.Harness.Helm;

/// <summary>
/// What <c>causeway render</c> does: every release of an environment that Helm renders, written to a file and held against the policies; or the manifests
/// of a folder, which are held against them as they lie there.
/// </summary>
/// <param name="print">Receives every line.</param>
public sealed class RenderRun(Repository repository, HelmTool helm, Action<string> print)
{
    private readonly Waivers waivers = Waivers.Load(repository, TimeProvider.System);
    private readonly List<string> violations = [];
    private readonly string folder = repository.PathTo(".causeway", "render");

    /// <param name="environment">Null: every environment.</param>
    /// <returns>The names of what was rendered and judged.</returns>
    /// <exception cref="UsageException">There is no such environment.</exception>
    /// <exception cref="PlatformException">An object violates a policy, or there is nothing to judge.</exception>
    /// <exception cref="HelmException">Helm refused the values.</exception>
    public async Task<IReadOnlyList<string>> OfEnvironmentsAsync(string? environment, CancellationToken stop)
    {
        var renderer = new ReleaseRenderer(repository, helm, Path.Combine(folder, "values"));
        var all = renderer.Environments();

        if (environment is null ? all is [] : !all.Contains(environment))
        {
            throw new UsageException(
                environment is null ? "There is no environment." : $"There is no environment {environment}.",
                $"Environments: {string.Join(", ", all)}. A new one is a folder terraform/envs/<name>.");
        }

        var releases = new List<RenderedRelease>();

        foreach (var name in environment is null ? all : [environment])
        {
            releases.AddRange(await renderer.RenderAsync(name, stop));
        }

        var rendered = releases.Select(release => release.Rendering).OfType<Rendering>().ToArray();
        RenderedRelease[] skipped = [.. releases.Where(release => release.Rendering is null)];
        skipped.ToList().ForEach(release => print($"{release.Name}: {release.Skipped}{(release == skipped[^1] ? "\n" : "")}"));
        rendered.ToList().ForEach(rendering => Judge(rendering, Write(rendering)));
        ForgetOthers(environment is null ? all : [environment], rendered);
        StandIns(releases).ToList().ForEach(print);
        print($"releases: {releases.Count} expected, {rendered.Length} checked, {releases.Count - rendered.Length} skipped");

        if (rendered is [])
        {
            throw new PlatformException(
                $"Helm renders nothing of {environment ?? "any environment"}, so nothing was judged.",
                "Add a release that runs on Kubernetes, or ask for an environment that has one.",
                string.Join('\n', releases.Select(release => $"{release.Name} {release.Skipped}")));
        }

        ExpectNoViolation();

        return [.. rendered.Select(rendering => rendering.Name)];
    }

    /// <param name="manifests">A folder with manifests, rendered by nothing here. Waivers know it by its place in the repository.</param>
    /// <exception cref="UsageException">There is no such folder.</exception>
    /// <inheritdoc cref="OfEnvironmentsAsync" path="/exception"/>
    public void OfFolder(string manifests)
    {
        if (!Directory.Exists(manifests))
        {
            throw new UsageException(
                $"There is no folder {manifests}.", "Name a folder with manifests: YAML or JSON, an object of Kubernetes in each document.");
        }

        var (path, inside) = (Path.GetFullPath(manifests), Path.GetRelativePath(repository.Root, Path.GetFullPath(manifests)));
        Judge(Rendering.OfFolder(inside.StartsWith("..", StringComparison.Ordinal) ? path : inside, path), path);
        ExpectNoViolation();
    }

    private static IEnumerable<string> StandIns(IEnumerable<RenderedRelease> releases) =>
        from release in releases
        where release.StandIn is not "" && release.Rendering is not null
        group release.Name by release.StandIn into names
        select $"revision {names.Key} is not in this clone: {names.Count()} rendered from the working tree in its place, {string.Join(", ", names)}";

    private void Judge(Rendering rendering, string file)
    {
        var findings = PolicyCheck.Of(rendering, waivers);
        var problems = waivers.Problems(rendering.Name, findings);
        violations.AddRange(Problems(rendering, findings, problems).Select(line => $"{rendering.Name}: {line}"));
        print($"{rendering.Name}: {rendering.Objects.Count} objects in {Path.GetRelativePath(repository.Root, file)}");
        PolicyCheck.Lines(rendering, findings).Concat(problems.Select(problem => $"    {problem}")).Append("").ToList().ForEach(print);
    }

    /// <summary>What a rendering violates without excuse; that there is nothing in it to judge is a violation, too.</summary>
    public static IReadOnlyList<string> Problems(Rendering rendering, Waivers waivers) =>
        PolicyCheck.Of(rendering, waivers) is var findings ? [.. Problems(rendering, findings, waivers.Problems(rendering.Name, findings))] : [];

    private static IEnumerable<string> Problems(Rendering rendering, IReadOnlyList<Finding> findings, IReadOnlyList<string> ofWaivers) =>
        findings.Where(finding => finding.IsViolation).Select(finding => $"{finding}").Concat(ofWaivers)
            .Concat(rendering.Objects is [] ? ["there is no object in it, so nothing was judged"] : []);

    private string Write(Rendering rendering)
    {
        var file = Path.Combine(folder, $"{rendering.Name}.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Yaml.Write(rendering.Objects.Select(item => item.Json)));

        return file;
    }

    // What an earlier run wrote, and is not rendered any more.
    private void ForgetOthers(IEnumerable<string> environments, IReadOnlyList<Rendering> rendered)
    {
        var written = rendered.Select(rendering => Path.Combine(folder, $"{rendering.Name}.yaml")).ToHashSet();

        foreach (var environment in environments.Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
        {
            Directory.GetFiles(environment, "*.yaml").Except(written).ToList().ForEach(File.Delete);
        }
    }

    private void ExpectNoViolation()
    {
        if (violations is not [])
        {
            throw new PlatformException(
                $"{violations.Count} {(violations.Count is 1 ? "violation" : "violations")} of policies.",
                $"Change what is rendered, or excuse it for a time in {Waivers.File}: docs/policies.md.",
                string.Join('\n', violations));
        }
    }
}
