using System.Text.Json.Nodes;
using Causeway.Harness;
using Causeway.Harness.Kubernetes;
using Causeway.Harness.Policies;

namespace Causeway.Offline.Policies;

/// <summary>A fixture of manifests. Each file is a rendering by itself; an <c>env.yaml</c> beside it says what its environment says.</summary>
internal sealed record RenderedFixture(string Folder) : PolicyFixture(Folder)
{
    private const string Facts = "env.yaml";

    private readonly Rendering[] renderings =
    [
        .. from file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           where Path.GetFileName(file) is not Facts
           let facts = Path.Combine(Path.GetDirectoryName(file)!, Facts)
           select Rendering.Of(
               Path.GetRelativePath(Folder, file),
               Yaml.Load(File.ReadAllText(file), file).Cast<JsonObject>(),
               File.Exists(facts) ? Yaml.LoadFile(facts)["env"]!.AsObject() : []),
    ];

    public static IReadOnlyList<RenderedFixture> All(Workbench workbench) =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(workbench.Fixtures, "policies", "kubernetes"), "*", SearchOption.AllDirectories)
            .Where(folder => Path.GetFileName(folder) is "pass" or "fail" or "unknown")
            .Select(folder => new RenderedFixture(folder)),
    ];

    /// <summary>What is wrong with a policy by this fixture; null where it says of every file what the fixture's name says.</summary>
    public string? Problem(ObjectPolicy policy)
    {
        var problems = renderings.Select(rendering => (rendering.Name, Problem: Problem(PolicyCheck.Of(rendering, [policy], Waivers.None))))
            .Where(judged => judged.Problem is not null)
            .Select(judged => $"{judged.Name}: {judged.Problem}")
            .ToArray();

        return renderings is [] ? "there is no manifest in it" : problems is [] ? null : string.Join("; ", problems);
    }
}
