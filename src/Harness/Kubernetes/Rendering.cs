using System.Text.Json.Nodes;

namespace Causeway.Harness.Kubernetes;

/// <summary>Manifests that reach a cluster together: what Helm rendered of a release, or what lies in a folder.</summary>
/// <param name="name">As waivers know it: <c>prod/catalog</c>, or the folder.</param>
public sealed class Rendering(string name, IEnumerable<ManifestObject> objects)
{
    public string Name => name;

    public IReadOnlyList<ManifestObject> Objects { get; } = [.. objects];

    /// <summary>The only registry that images may come from; null where that is not known.</summary>
    public string? Registry { get; init; }

    /// <summary>Whether it is for an environment that only a reviewed change of a revision may change; null where that is not known.</summary>
    public bool? IsProtected { get; init; }

    /// <summary>What a release renders, with what its environment says.</summary>
    /// <param name="facts">The content of <c>env</c> in the environment's file.</param>
    /// <param name="releaseNamespace">Where objects are put that name no namespace; null where that is not known.</param>
    /// <inheritdoc cref="Rendering" path="/param"/>
    public static Rendering Of(string name, IEnumerable<JsonObject> objects, JsonObject facts, string? releaseNamespace = null) =>
        new(name, objects.SelectMany(Unfold).Select(item => new ManifestObject(item, releaseNamespace)))
        {
            Registry = (string?)facts["registry"],
            IsProtected = Protection(facts),
        };

    /// <summary>The manifests of a folder, those of its folders included. What is not YAML in it is not looked at.</summary>
    /// <exception cref="InvalidDataException">A file is not YAML, or a document in it is not an object; the message has the place.</exception>
    /// <inheritdoc cref="Rendering" path="/param"/>
    public static Rendering OfFolder(string name, string folder) => new(
        name,
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Path.GetExtension(file) is ".yaml" or ".yml" or ".json"
        from document in Yaml.Load(File.ReadAllText(file), file)
        let manifest = document as JsonObject
            ?? throw new InvalidDataException($"{file}: a document in it is not an object of Kubernetes: keep only manifests there.")
        from item in Unfold(manifest)
        select new ManifestObject(item) { File = Path.GetRelativePath(folder, file) });

    /// <summary>Whether an environment is protected, by its facts. One on a developer's machine has no such fact, and is not.</summary>
    public static bool? Protection(JsonObject facts) => (string?)facts["kind"] is "local" ? false : (bool?)facts["protected"];

    // A List is not an object by itself: kubectl and Argo CD apply its items.
    private static IEnumerable<JsonObject> Unfold(JsonObject item) =>
        $"{item["kind"]}".EndsWith("List", StringComparison.Ordinal) && item["items"] is JsonArray items
            ? items.OfType<JsonObject>().SelectMany(Unfold)
            : [item];
}
