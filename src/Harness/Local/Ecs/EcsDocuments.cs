using System.Text.Json.Nodes;

namespace Causeway.Harness.Local.Ecs;

/// <summary>
/// The documents of the environment <c>local</c> as it would be on ECS: those of the repository's own environment on ECS, with what this machine has in
/// their place.
/// </summary>
internal sealed class EcsDocuments(Repository repository)
{
    // Facts of this machine that replace the environment's.
    private static readonly string[] OfThisMachine = ["name", "region", "registry", "telemetry", "shutdown"];

    // A release has to name the commit that its images were built from; what was just built is in no commit.
    private const string NoRevision = "0000000000000000000000000000000000000000";

    /// <summary>Name of the environment that they are made of: the first on ECS.</summary>
    /// <exception cref="PlatformException">There is none.</exception>
    public string Source => Directory.EnumerateFiles(repository.PathTo("terraform", "envs"), "env.yaml", SearchOption.AllDirectories)
        .Where(file => (string?)Yaml.LoadFile(file)["env"]?["cluster"]?["runtime"] is "ecs")
        .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
        .Order(StringComparer.Ordinal)
        .FirstOrDefault() ?? throw new PlatformException(
            "No environment runs on ECS, so there is nothing to plan.",
            "Write `env.cluster.runtime: ecs` in an env.yaml below terraform/envs, or bring up the runtime kubernetes: `./causeway up --runtime kubernetes`.");

    /// <summary>Every document, as JSON, which is YAML too, by its path in the repository.</summary>
    /// <param name="images">Digest of every image by name.</param>
    public IReadOnlyDictionary<string, string> All(IReadOnlyDictionary<string, string> images) =>
        repository.Releases(Renderer.Environment)
            .Select(workload => (Path: $"terraform/envs/{Renderer.Environment}/releases/{workload}.yaml", Document: Release(workload, images)))
            .Append((Path: $"terraform/envs/{Renderer.Environment}/env.yaml", Document: Environment()))
            .ToDictionary(document => document.Path, document => document.Document.ToJsonString());

    private JsonObject Environment()
    {
        var here = Load(Renderer.Environment, "env.yaml")["env"]!;
        var facts = Load(Source, "env.yaml");

        foreach (var fact in OfThisMachine)
        {
            facts["env"]![fact] = here[fact]?.DeepClone();
        }

        // The name of a hosted zone has a dot in it.
        facts["env"]!["edge"]!["domain"] = $"ecs.{here["edge"]!["domain"]}";

        return facts;
    }

    private JsonObject Release(string workload, IReadOnlyDictionary<string, string> images)
    {
        var release = Load(Renderer.Environment, "releases", $"{workload}.yaml");
        release["release"]!["runtime"] = "ecs";
        release["release"]!["pins"] = new JsonObject { ["revision"] = NoRevision, ["images"] = Renderer.Pins(repository, workload, images) };

        return release;
    }

    private JsonObject Load(string environment, params string[] file) => Yaml.LoadFile(repository.PathTo(["terraform", "envs", environment, .. file]));
}
